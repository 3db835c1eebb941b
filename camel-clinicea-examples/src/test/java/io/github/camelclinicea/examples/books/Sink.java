/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Plays an accounting system behind HTTP, which keeps the vouchers that it has taken. */
abstract class Sink implements AutoCloseable {
    /** A voucher as the sink has read it from the request. Amounts are debits, or negative for credits. */
    record Taken(String key, String number, String date, List<Map.Entry<String, BigDecimal>> lines) {}

    private final List<Taken> taken = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final AtomicReference<Function<Request, ResponseDefinition>> before =
            new AtomicReference<>(request -> null);
    private final AtomicReference<Function<Request, ResponseDefinition>> after = new AtomicReference<>(request -> null);
    private final WireMockServer server;

    Sink() {
        server = new WireMockServer(
                WireMockConfiguration.options().dynamicPort().extensions(new ResponseDefinitionTransformerV2() {
                    @Override
                    public ResponseDefinition transform(ServeEvent event) {
                        return serve(event.getRequest());
                    }

                    @Override
                    public String getName() {
                        return "sink";
                    }
                }));
        server.start();
        server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    }

    String url() {
        return server.baseUrl();
    }

    /** Sets what responds in place of the sink, which does not get the request then; null passes it on. */
    void before(Function<Request, ResponseDefinition> response) {
        before.set(response);
    }

    /** Sets what responds in place of the sink's response to a request that it has carried out; null for its own. */
    void after(Function<Request, ResponseDefinition> response) {
        after.set(response);
    }

    private synchronized ResponseDefinition serve(Request request) {
        requests.add(request);
        ResponseDefinition instead = before.get().apply(request);
        if (instead != null) {
            return instead;
        }
        ResponseDefinition response = carryOut(request);
        ResponseDefinition afterwards = after.get().apply(request);
        return afterwards == null ? response : afterwards;
    }

    abstract ResponseDefinition carryOut(Request request);

    void take(Taken voucher) {
        taken.add(voucher);
    }

    Optional<Taken> find(java.util.function.Predicate<Taken> which) {
        return taken.stream().filter(which).findFirst();
    }

    synchronized List<Taken> taken() {
        return List.copyOf(taken);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns the balance of each account. */
    synchronized Map<String, BigDecimal> balances() {
        Map<String, BigDecimal> balances = new TreeMap<>();
        taken.forEach(voucher ->
                voucher.lines().forEach(line -> balances.merge(line.getKey(), line.getValue(), BigDecimal::add)));
        return balances;
    }

    static ResponseDefinition response(int status, String body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withBody(body)
                .build();
    }

    @Override
    public void close() {
        server.stop();
    }
}
