package io.github.camelclinicea.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server in a process of its own, so that what it costs is not what is measured. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    ServerProcess() throws IOException {
        process = ChildJvm.start(List.of("-Xmx64m"), ChangeListServer.class);
        port = Integer.parseInt(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }

    /** @return the base URL of a list of so many pages, each answered after so many milliseconds */
    String list(int latencyMillis, int pages) {
        return "http://localhost:" + port + "/" + latencyMillis + "ms/" + pages + "pages";
    }

    /** @return how many pages were asked for so far */
    long requests() throws IOException, InterruptedException {
        return Long.parseLong(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/requests"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
