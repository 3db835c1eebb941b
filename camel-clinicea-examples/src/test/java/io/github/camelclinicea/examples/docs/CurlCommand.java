/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a {@code curl} command of a page, with the options that pages use. The machine needs no {@code curl} for it. */
final class CurlCommand {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpRequest request;

    private CurlCommand(HttpRequest request) {
        this.request = request;
    }

    /** Reads a command, which may be continued on further lines with a backslash. */
    static CurlCommand of(String command) {
        Iterator<String> words = words(command.replace("\\\n", " ")).iterator();
        if (!words.next().equals("curl")) {
            throw new IllegalArgumentException(command);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder();
        String method = null;
        String body = null;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-s" -> {}
                case "-X" -> method = words.next();
                case "-H" -> {
                    String[] header = words.next().split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-d" -> body = words.next();
                default -> request.uri(URI.create(word.startsWith("http") ? word : "http://" + word));
            }
        }
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return new CurlCommand(request.method(method != null ? method : body == null ? "GET" : "POST", content)
                .build());
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
    }

    /** Returns what the command prints. */
    String run() throws IOException, InterruptedException {
        return response().body();
    }

    HttpResponse<String> response() throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
