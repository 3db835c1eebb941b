package io.github.camelclinicea.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * The limit: the HTTP client that camel-http uses, and Jackson, without any framework. As many threads as pages in flight,
 * each of which asks for a page, makes maps of it, and goes on to the next page that nobody has asked for. It keeps no order,
 * remembers nothing over a restart and gives up at the first failure.
 */
record BareClient(int pagesInFlight) implements Peer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    @Override
    public String name() {
        return "bare HTTP client and Jackson to `Map`";
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) {
        CloseableHttpClient http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(pagesInFlight)
                        .setMaxConnTotal(pagesInFlight)
                        .build())
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(pagesInFlight);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return new Sync() {
            @Override
            public void run() throws Exception {
                List<Future<?>> readers = new ArrayList<>();
                for (int i = 0; i < pagesInFlight; i++) {
                    readers.add(threads.submit(() -> {
                        while (!ended.get()) {
                            read(next.getAndIncrement());
                        }
                        return null;
                    }));
                }
                for (Future<?> reader : readers) {
                    reader.get();
                }
            }

            private void read(int page) throws Exception {
                HttpGet request = new HttpGet(baseUrl
                        + "/api/v1/patients?lastSyncTimestamp=2000-01-01T00:00:00%2B00:00&intPageNo=" + page);
                byte[] body = http.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
                List<Map<String, Object>> rows = JSON.readValue(body, ROWS);
                if (rows.isEmpty()) {
                    ended.set(true);
                }
                for (Map<String, Object> row : rows) {
                    String id = (String) row.get("PatientID");
                    if (seen.add(id + " " + row.get("ModifiedDatetime"))) {
                        tally.row(id, (String) row.get("DataStatusStr"));
                    }
                }
            }

            @Override
            public void close() throws IOException {
                threads.shutdownNow();
                http.close();
            }
        };
    }
}
