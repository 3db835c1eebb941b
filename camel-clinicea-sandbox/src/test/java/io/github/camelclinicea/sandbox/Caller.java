/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends queries to the sandbox exactly as the test writes them. */
final class Caller {
    static final String EVER = "2000-01-01T00:00:00";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CliniceaSandbox sandbox;

    Caller(CliniceaSandbox sandbox) {
        this.sandbox = sandbox;
    }

    HttpResponse<String> get(String pathAndQuery) {
        return send("GET", pathAndQuery, null, "api", sandbox.apiKey());
    }

    HttpResponse<String> send(String method, String pathAndQuery, String body) {
        return send(method, pathAndQuery, body, "api_key", sandbox.apiKey());
    }

    HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + pathAndQuery))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<Map<String, Object>> rows(HttpResponse<String> response) {
        return read(response, new TypeReference<>() {});
    }

    static Map<String, Object> row(HttpResponse<String> response) {
        return read(response, new TypeReference<>() {});
    }

    /** Returns the pages of patients since a moment, up to the 204. */
    List<List<Map<String, Object>>> pagesOfPatients(String since) {
        List<List<Map<String, Object>>> pages = new ArrayList<>();
        while (true) {
            HttpResponse<String> page = get("/api/v1/patients?lastSyncDate=" + since + "&intPageNo=" + pages.size());
            if (page.statusCode() == 204) {
                return pages;
            }
            pages.add(rows(page));
        }
    }

    static List<Object> column(List<Map<String, Object>> rows, String field) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(field)));
        return values;
    }

    private static <T> T read(HttpResponse<String> response, TypeReference<T> type) {
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": " + response.body());
        }
        try {
            return MAPPER.readValue(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
