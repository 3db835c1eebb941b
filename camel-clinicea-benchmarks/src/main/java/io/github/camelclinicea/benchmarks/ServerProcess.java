/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.benchmarks.RowTemplate.Statuses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the server in a process of its own, so that its cost is not measured. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    ServerProcess() throws IOException {
        process = ChildJvm.start(List.of("-Xmx64m"), ChangeListServer.class);
        port = Integer.parseInt(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }

    /** Returns the base URL of a list with rows of all statuses. */
    String list(int latencyMillis, int pages) {
        return list(latencyMillis, pages, Statuses.MIXED);
    }

    /** Returns the base URL of a list with the given number of pages and the given latency of each response. */
    String list(int latencyMillis, int pages, Statuses statuses) {
        return "http://localhost:" + port + "/" + latencyMillis + "ms/" + pages + "pages/" + statuses;
    }

    /** Returns the number of pages that were requested so far. */
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
