/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.CliniceaConstants;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;

/**
 * Reads with the bare client, whose rows become exchanges of a counting route. The rows are in page order on one
 * thread, with the headers and properties of the component. It has no delivery ledger, no checkpoint and no check of
 * broken pages. No consumer that keeps the order and makes each row a map can be expected to be faster.
 */
record BareClientWithRoute(int pagesInFlight) implements Peer {

    @Override
    public String name() {
        return "bare client in a route, each row an exchange, in order";
    }

    @Override
    public Sync prepare(String baseUrl, Tally tally) throws Exception {
        BarePages pages = new BarePages(baseUrl, pagesInFlight);
        ExecutorService threads = Executors.newFixedThreadPool(pagesInFlight);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:rows").routeId("sync").process(tally::row);
            }
        });
        camel.start();
        DefaultConsumer consumer = (DefaultConsumer) camel.getRoute("sync").getConsumer();
        Set<String> seen = new HashSet<>();
        return new Sync() {
            private final Deque<Future<List<Map<String, Object>>>> ahead = new ArrayDeque<>();
            private int next;

            @Override
            public void run() throws Exception {
                while (next < pagesInFlight) {
                    fetchNext();
                }
                for (int page = 0; ; page++) {
                    List<Map<String, Object>> rows = ahead.remove().get();
                    if (rows.isEmpty()) {
                        return;
                    }
                    fetchNext();
                    for (int index = 0; index < rows.size(); index++) {
                        if (seen.add(BarePages.version(rows.get(index)))) {
                            deliver(rows, index, page);
                        }
                    }
                }
            }

            private void fetchNext() {
                int page = next++;
                ahead.add(threads.submit(() -> pages.rows(page)));
            }

            private void deliver(List<Map<String, Object>> rows, int index, int page) {
                Map<String, Object> row = rows.get(index);
                Exchange exchange = consumer.createExchange(true);
                Message message = exchange.getMessage();
                message.setBody(row);
                message.setHeader(CliniceaConstants.DATA_STATUS, row.get("DataStatusStr"));
                message.setHeader(CliniceaConstants.RESOURCE, "patients");
                message.setHeader(CliniceaConstants.RECORD_ID, row.get("PatientID"));
                message.setHeader(CliniceaConstants.MODIFIED, row.get("ModifiedDatetime"));
                message.setHeader(CliniceaConstants.SYNC_TIMESTAMP, "2000-01-01T00:00:00Z");
                message.setHeader(CliniceaConstants.PAGE, page);
                exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
                exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, rows.size());
                exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == rows.size() - 1);
                consumer.getAsyncProcessor().process(exchange, consumer.defaultConsumerCallback(exchange, true));
            }

            @Override
            public void close() throws IOException {
                camel.stop();
                threads.shutdownNow();
                pages.close();
            }
        };
    }
}
