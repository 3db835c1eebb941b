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

/** Pages by the HTTP client that camel-http uses and Jackson, nothing around them. Used by any number of threads. */
final class BarePages implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final String url;
    private final CloseableHttpClient http;

    /**
     * @param baseUrl where the list is
     * @param pagesInFlight how many connections there may be
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

    /** @return the URL of a page, less its number */
    static String url(String baseUrl) {
        return baseUrl + "/api/v1/patients?lastSyncTimestamp=2000-01-01T00:00:00%2B00:00&intPageNo=";
    }

    /** @return the page's rows; none past the end */
    List<Map<String, Object>> rows(int page) throws IOException {
        byte[] body =
                http.execute(new HttpGet(url + page), response -> EntityUtils.toByteArray(response.getEntity()));
        return JSON.readValue(body, ROWS);
    }

    /** @return what tells a version of a row from all others */
    static String version(Map<?, ?> row) {
        return row.get("PatientID") + " " + row.get("ModifiedDatetime");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
