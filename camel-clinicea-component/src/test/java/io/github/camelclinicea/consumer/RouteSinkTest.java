/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaRowException;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.HeldRowListener;
import io.github.camelclinicea.sync.PollResult;
import io.github.camelclinicea.sync.SyncCounters;
import io.github.camelclinicea.sync.SyncSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the exchanges that a real route gets for a test's rows: rows with a defect, and rows whose body format throws.
 */
class RouteSinkTest {
    private static final String TEXT = "{\"PatientID\":\"bad\",\"Bmi\":NaN}";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Exchange> failed = new CopyOnWriteArrayList<>();
    private final List<String> arrivals = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(CliniceaRowException.class).handled(true).process(exchange -> failed.add(exchange.copy()));
                from("direct:rows")
                        .routeId("rows")
                        .process(exchange -> arrivals.add(exchange.getMessage().getBody(String.class)));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private static Row row(String id, String status, String text, String defect) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new Row(id, status, "then", content, null, RowVersion.of(id, status, "then", content), defect);
    }

    private PollResult poll(BodyFormat format, Set<String> statuses, Row... rows) throws Exception {
        DefaultConsumer consumer = (DefaultConsumer) camel.getRoute("rows").getConsumer();
        RouteSink sink = new RouteSink(
                consumer,
                () -> true,
                () -> true,
                pending -> {},
                new RowMessage(format, "patients", "https://clinic.example/patients", false, null),
                statuses,
                false,
                () -> null);
        ChangeSync sync = new ChangeSync(
                (since, number, listener) -> new Page(number, number == 7 ? List.of(rows) : List.of(), Instant.now()),
                MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()),
                new SyncSettings("s", Duration.ofMinutes(5), 1, 7, true, 100, 1000, 4, 0),
                null,
                Runnable::run,
                Clock.systemUTC(),
                null,
                HeldRowListener.NONE,
                new SyncCounters());
        sync.start(Instant.EPOCH);
        return sync.poll(sink);
    }

    private CliniceaRowException failure() {
        await().atMost(PATIENCE).until(() -> !failed.isEmpty());
        return failed.get(0).getProperty(Exchange.EXCEPTION_CAUGHT, CliniceaRowException.class);
    }

    @Test
    void given_a_row_that_cannot_be_read_when_polled_then_the_error_handler_gets_its_text_and_where_it_stands()
            throws Exception {
        PollResult result = poll(
                BodyFormat.JSON,
                Set.of(),
                row("p0", "Added", "{}", null),
                row("bad", "Added", TEXT, "a value is no JSON"),
                row("p2", "Added", "{\"a\":1}", null));

        assertThat(result.end()).isEqualTo(PollResult.End.CLEAN);
        assertThat(arrivals).containsExactly("{}", "{\"a\":1}");
        assertThat(failure())
                .hasMessage(
                        "The row with index 1 on page 7 of patients, which follows the row with id p0, cannot be read:"
                                + " a value is no JSON");
        assertThat(failure().getPage()).isEqualTo(7);
        assertThat(failure().getIndex()).isEqualTo(1);
        assertThat(failure().getIdBefore()).isEqualTo("p0");
        assertThat(failed).singleElement().satisfies(exchange -> {
            assertThat(exchange.getMessage().getBody()).isEqualTo(TEXT);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(CliniceaConstants.RECORD_ID, "bad")
                    .containsEntry(CliniceaConstants.SOURCE, "https://clinic.example/patients")
                    .containsKey(CliniceaConstants.VERSION)
                    .containsEntry(CliniceaConstants.PAGE, 7);
        });
    }

    @Test
    void given_a_row_without_id_or_status_that_cannot_be_read_when_only_some_statuses_are_wanted_then_it_comes()
            throws Exception {
        poll(
                BodyFormat.JSON,
                Set.of("added"),
                row(null, null, "[1]", "it is no object"),
                row("p1", "Modified", "{}", null),
                row("bad", "Modified", TEXT, "a value is no JSON"));

        assertThat(arrivals).as("not wanted").isEmpty();
        assertThat(failed).hasSize(2);
        assertThat(failed.get(0).getMessage().getHeaders())
                .doesNotContainKeys(CliniceaConstants.RECORD_ID, CliniceaConstants.DATA_STATUS);
        assertThat(failure()).hasMessageStartingWith("The row with index 0 on page 7 of patients cannot be read");
        assertThat(failure().getIdBefore()).isNull();
    }

    @Test
    void given_a_body_format_that_throws_when_polled_then_the_message_names_the_class_alone() throws Exception {
        poll(
                json -> {
                    throw new ExceptionInInitializerError(new IllegalStateException("content"));
                },
                Set.of(),
                row("p0", "Added", "{}", null));

        assertThat(failure())
                .hasMessageContaining("java.lang.ExceptionInInitializerError caused by java.lang.IllegalStateException")
                .hasMessageNotContaining("content")
                .hasNoCause();
        assertThat(failed.get(0).getMessage().getBody()).isEqualTo("{}");
    }

    @Test
    void given_the_exception_when_it_is_serialized_then_it_comes_back_as_it_was() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new CliniceaRowException("cannot be read: why", "patients", 3, 49, "p48"));
        }

        CliniceaRowException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (CliniceaRowException) in.readObject();
        }

        assertThat(read).hasMessageContaining("index 49 on page 3").hasMessageContaining("p48");
        assertThat(read.getIndex()).isEqualTo(49);
        assertThat(read.getPage()).isEqualTo(3);
        assertThat(read.getIdBefore()).isEqualTo("p48");
        assertThat(read.isRetryable()).isFalse();
    }
}
