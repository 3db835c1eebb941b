/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Is Jolokia's agent in a Karaf, as docs/how-to/on-call.md describes it. */
final class JolokiaAgent {
    private static final Path PAGE = Path.of("../docs/how-to/on-call.md");
    private static final Path ACCESS =
            Path.of("../camel-clinicea-examples/src/main/resources/on-call/jolokia-access.xml");
    private static final Pattern OPTION = Pattern.compile("^java (-javaagent:\\S+\\.xml) ", Pattern.MULTILINE);

    private final int port;

    JolokiaAgent(int port) {
        this.port = port;
    }

    /** Returns what the page puts into {@code EXTRA_JAVA_OPTS}, with this agent's port. */
    String javaOption() throws IOException {
        Matcher option = OPTION.matcher(Files.readString(PAGE));
        assertThat(option.find()).isTrue();
        return option.group(1).replace("port=8778", "port=" + port);
    }

    /** Returns the access file of the page. */
    static Path accessFile() {
        return ACCESS;
    }

    /** Returns the names of the MBeans of all syncs. */
    List<String> syncs() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        ask("""
                {"type": "search", "mbean": "org.apache.camel:type=consumers,name=CliniceaConsumer*,*"}
                """).path("value").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Performs an operation without an argument. */
    JsonNode execute(String mbean, String operation) throws IOException, InterruptedException {
        return ask("""
                {"type": "exec", "mbean": "%s", "operation": "%s"}
                """.formatted(mbean, operation));
    }

    private JsonNode ask(String request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/jolokia"))
                .header("Origin", "http://localhost")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
