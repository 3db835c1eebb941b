/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.testing.EchoClinic;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Runs both directions of a sync between a clinic and a route. The test starts each poll. */
abstract class EchoTestBase {
    static final String SYNC = "&suppressEcho=true&syncId=both&idempotentRepository=#state";

    /** A time long ago. A change of that time was delivered and has left the change list. */
    static final Instant LONG_AGO = Instant.now().minus(2, ChronoUnit.HOURS);

    final Map<String, Object> keys = new ConcurrentHashMap<>();
    final List<Map<?, ?>> delivered = new ArrayList<>();
    /** A corrected option of the wire, for producers and consumer. */
    String statusField = "";

    EchoClinic clinic;
    DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        clinic = new EchoClinic();
        camel = context();
    }

    @AfterEach
    void stop() {
        camel.stop();
        clinic.close();
    }

    /** Ends the process, and starts another one with the same repository. */
    void restart() throws Exception {
        camel.stop();
        camel = context();
    }

    /** Returns another node, with the same repository. */
    DefaultCamelContext context() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("state", repository());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("initialDelay=3600000&delay=3600000" + SYNC))
                        .routeId("in")
                        .process(EchoTestBase.this::arrive);
            }
        });
        context.start();
        return context;
    }

    MemoryIdempotentRepository repository() {
        return (MemoryIdempotentRepository) MemoryIdempotentRepository.memoryIdempotentRepository(keys);
    }

    void arrive(Exchange exchange) {
        delivered.add(exchange.getMessage().getBody(Map.class));
    }

    String uri(String options) {
        return "clinicea:patients?apiKey=" + StubClinicea.API_KEY + "&maxRetries=0&baseUrl=" + clinic.baseUrl()
                + statusField + "&" + options;
    }

    CliniceaConsumer consumer() {
        return consumer(camel);
    }

    static CliniceaConsumer consumer(DefaultCamelContext node) {
        return (CliniceaConsumer) node.getRoute("in").getConsumer();
    }

    /** Returns the rows that one poll delivers, each as its id and its fields. */
    List<String> poll() {
        delivered.clear();
        consumer().run();
        return delivered.stream().map(EchoTestBase::text).toList();
    }

    static String text(Map<?, ?> row) {
        Set<String> words = new TreeSet<>();
        row.forEach((field, value) -> {
            if (!List.of("PatientID", "ModifiedDatetime", "DataStatusStr").contains(field)) {
                words.add(field + "=" + value);
            }
        });
        String status = "Deleted".equals(row.get("DataStatusStr")) ? " deleted" : "";
        return row.get("PatientID") + status + " " + String.join(" ", words);
    }

    FluentProducerTemplate call(String operation) {
        return camel.createFluentProducerTemplate().to(uri("operation=" + operation + SYNC));
    }

    Exchange update(String id, Map<String, String> fields) {
        return call("update")
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .withBody(fields)
                .send();
    }

    /** Returns the marks and guards that are left in the repository. */
    Set<String> marks() {
        return keys.keySet().stream().filter(key -> key.contains("!")).collect(Collectors.toCollection(TreeSet::new));
    }
}
