/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Fetches pages with the HTTP client of camel-http and parses them with Jackson. Thread-safe. */
final class BarePages implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final String url;
    private final CloseableHttpClient http;

    /**
     * Creates the client.
     *
     * @param baseUrl the address of the list
     * @param pagesInFlight the most connections at once
     */
    BarePages(String baseUrl, int pagesInFlight) {
        url = url(baseUrl);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(pagesInFlight)
                        .setMaxConnTotal(pagesInFlight)
                        .build())
                .build();
    }

    /** Returns the URL of a page without its number. */
    static String url(String baseUrl) {
        return baseUrl + "/api/v1/patients?lastSyncTimestamp=2000-01-01T00:00:00%2B00:00&intPageNo=";
    }

    /** Returns the page's rows; none behind the end of the list. */
    List<Map<String, Object>> rows(int page) throws IOException {
        byte[] body = http.execute(new HttpGet(url + page), response -> EntityUtils.toByteArray(response.getEntity()));
        return JSON.readValue(body, ROWS);
    }

    /** Returns a text that is different for each version of a row. */
    static String version(Map<?, ?> row) {
        return row.get("PatientID") + " " + row.get("ModifiedDatetime");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
