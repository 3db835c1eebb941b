/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the JMX attributes and operations of a consumer. */
class JmxTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final AtomicInteger rows = new AtomicInteger();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private volatile String failing = "none";

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("quiet", new QuietExceptionHandler());
        clinicea.servePatients(patients(0, 3));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", "delay=10&exceptionHandler=#quiet"))
                        .process(e -> {
                            rows.incrementAndGet();
                            if (failing.equals(e.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
                                throw new IllegalStateException("the route is broken");
                            }
                        });
            }
        });
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private Object attribute(String name) throws Exception {
        return server().getAttribute(consumer(), name);
    }

    private MBeanServer server() {
        return camel.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    private ObjectName consumer() throws Exception {
        Set<ObjectName> names = server().queryNames(
                        new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",type=consumers,*"),
                        null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    @Test
    void given_a_clean_sync_when_looked_at_then_its_timestamp_and_polls_are_shown() throws Exception {
        camel.start();

        await().until(() -> (long) attribute("CleanPolls") > 1);
        assertThat((String) attribute("SyncTimestamp")).matches("20\\d\\d-.*Z");
        assertThat((String) attribute("LastCleanPoll")).matches("20\\d\\d-.*Z");
        assertThat((String) attribute("LastProgress")).matches("20\\d\\d-.*Z");
        assertThat(attribute("FailedRows")).isEqualTo(0);
        assertThat(attribute("HeldBackSince")).isNull();
        assertThat(attribute("RowsInFlight")).isEqualTo(0);
        assertThat(attribute("DeliveredRows")).isEqualTo(3L);
        assertThat(attribute("PagesInFlight")).isEqualTo(1);
        assertThat(attribute("RequestsPerSecond")).as("no limit").isEqualTo(0.0);
    }

    @Test
    void given_a_row_that_fails_when_looked_at_then_it_is_shown_what_holds_the_timestamp_back_and_since_when()
            throws Exception {
        failing = "p1";
        camel.start();

        await().until(() -> attribute("FailedRows").equals(1));
        Object since = attribute("HeldBackSince");
        // Without the one that fails, before which the last one may still be under way.
        await().until(() -> attribute("DeliveredRows").equals(2L));
        int sofar = rows.get();
        await().until(() -> rows.get() > sofar + 2);
        assertThat(attribute("HeldBackSince"))
                .as("the first failure, not the last")
                .isEqualTo(since);
        failing = "none";

        await().until(() -> attribute("FailedRows").equals(0));
        assertThat(attribute("HeldBackSince")).isNull();
        assertThat(attribute("DeliveredRows")).isEqualTo(3L);
    }

    @Test
    void given_a_reset_when_invoked_then_everything_comes_again() throws Exception {
        camel.start();
        await().until(() -> (long) attribute("CleanPolls") > 2);
        assertThat(rows).hasValue(3);

        server().invoke(consumer(), "resetSync", null, null);

        await().until(() -> rows.get() == 6);
        long polls = (long) attribute("CleanPolls");
        await().until(() -> (long) attribute("CleanPolls") > polls + 2);
        assertThat(rows).hasValue(6);
    }

    private TabularData table(String operation) throws Exception {
        return (TabularData) server().invoke(consumer(), operation, null, null);
    }

    private Object invoke(String operation, String argument) throws Exception {
        return server().invoke(consumer(), operation, new Object[] {argument}, new String[] {String.class.getName()});
    }

    @Test
    void given_a_held_row_when_listed_and_skipped_then_the_table_shows_it_and_then_no_more() throws Exception {
        failing = "p1";
        camel.start();
        await().until(() -> !table("heldRows").isEmpty());

        CompositeData row =
                (CompositeData) table("heldRows").values().iterator().next();
        assertThat(row.get("recordId")).isEqualTo("p1");
        assertThat(row.get("status")).isEqualTo("Added");
        assertThat(row.get("modified")).isEqualTo("2026-01-01T00:00:00");
        assertThat((int) row.get("attempts")).isPositive();
        assertThat((String) row.get("heldSince")).matches("20\\d\\d-.*Z");
        assertThat((String) row.get("nextAttempt")).matches("20\\d\\d-.*Z");
        assertThat(row.get("lastFailure")).isEqualTo("java.lang.IllegalStateException");
        assertThat((String) row.get("version")).hasSize(22);
        assertThat(server().invoke(consumer(), "retryHeldRows", null, null)).isEqualTo(1);
        assertThatThrownBy(() -> invoke("skipRow", "p2"))
                .isInstanceOf(MBeanException.class)
                .rootCause()
                .isInstanceOf(NoSuchElementException.class);

        assertThat(invoke("skipRow", "p1")).isEqualTo(1);

        // If the row is in flight, it is given up where it fails; it is counted after that.
        await().until(() -> attribute("SkippedRows").equals(1L));
        await().until(() -> attribute("FailedRows").equals(0));
        assertThat(table("heldRows").isEmpty()).isTrue();
        await().until(() -> attribute("DeliveredRows").equals(2L));
        assertThat((long) attribute("FailedAttempts")).isPositive();
    }

    @Test
    void given_operations_with_an_argument_when_described_then_they_say_what_the_argument_is() throws Exception {
        camel.start();

        List<MBeanOperationInfo> withArgument = Stream.of(
                        server().getMBeanInfo(consumer()).getOperations())
                .filter(operation -> Set.of("skipRow", "resetSync").contains(operation.getName()))
                .filter(operation -> operation.getSignature().length > 0)
                .toList();

        assertThat(withArgument)
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder("skipRow", "resetSync");
        for (MBeanOperationInfo operation : withArgument) {
            assertThat(operation.getSignature())
                    .allSatisfy(argument ->
                            assertThat(operation.getDescription()).contains(" " + argument.getName() + ": the "));
        }
    }

    @Test
    void given_polls_when_listed_then_the_latest_is_the_first() throws Exception {
        camel.start();
        await().until(() -> table("recentPolls").size() > 2);

        CompositeData latest = table("recentPolls").get(new Object[] {1});
        CompositeData first =
                table("recentPolls").get(new Object[] {table("recentPolls").size() - 1});
        assertThat((String) latest.get("startedAt")).isGreaterThan((String) first.get("startedAt"));
        assertThat(latest.get("end")).isEqualTo("CLEAN");
        assertThat((int) latest.get("requests")).isPositive();
        assertThat((int) latest.get("pages")).isPositive();
        assertThat((long) latest.get("millis")).isNotNegative();
        assertThat(latest.get("emitted")).isEqualTo(0);
        assertThat(latest.get("delivered")).isEqualTo(0);
        assertThat(latest.get("failed")).isEqualTo(0);
        await().until(() -> table("recentPolls").size() == 50);
    }

    @Test
    void given_a_moment_or_a_poll_when_requested_then_it_is_carried_out() throws Exception {
        camel.start();
        await().until(() -> (long) attribute("CleanPolls") > 2);

        invoke("resetSync", "2025-06-01");

        await().until(() -> rows.get() == 6);
        assertThat((String) server().invoke(consumer(), "pollNow", null, null)).contains("poll");
        assertThatThrownBy(() -> invoke("resetSync", "soon"))
                .isInstanceOf(MBeanException.class)
                .cause()
                .hasMessageContaining("from=soon is not a time");
    }

    @Test
    void given_a_consumer_that_is_stopped_when_called_then_what_needs_no_poll_works_and_a_poll_is_refused()
            throws Exception {
        failing = "p1";
        camel.start();
        await().until(() ->
                !table("heldRows").isEmpty() && !table("recentPolls").isEmpty());
        ((CliniceaConsumer) camel.getRoutes().get(0).getConsumer()).stop();
        await().until(() -> attribute("RowsInFlight").equals(0));

        assertThat(table("recentPolls").isEmpty()).isFalse();
        assertThat(invoke("skipRow", "p1")).isEqualTo(1);
        assertThat(server().invoke(consumer(), "retryHeldRows", null, null)).isEqualTo(0);
        assertThatThrownBy(() -> server().invoke(consumer(), "pollNow", null, null))
                .rootCause()
                .hasMessageContaining("is stopped");
        server().invoke(consumer(), "resetSync", null, null);
    }

    @Test
    void given_the_key_when_every_attribute_is_read_then_it_is_in_none() throws Exception {
        camel.start();
        await().until(() -> (long) attribute("CleanPolls") > 0);

        for (ObjectName name : server().queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (var attribute : server().getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    assertThat(String.valueOf(server().getAttribute(name, attribute.getName())))
                            .as("%s of %s", attribute.getName(), name)
                            .doesNotContain(StubClinicea.API_KEY);
                }
            }
        }
    }

    @Test
    void given_callers_that_poll_by_themselves_when_looked_at_then_their_sync_is_shown_until_the_stop()
            throws Exception {
        camel.removeRouteDefinitions(new ArrayList<>(camel.getRouteDefinitions()));
        camel.start();
        try (ConsumerTemplate template = camel.createConsumerTemplate()) {
            String uri = clinicea.uri("patients", "exceptionHandler=#quiet");
            for (int row = 0; row < 3; row++) {
                template.doneUoW(template.receive(uri, 10_000));
            }

            await().until(() -> attribute("DeliveredRows").equals(3L));
            assertThat((String) attribute("EndpointUri")).startsWith("clinicea:");
            camel.getEndpoint(uri).stop();
        }

        assertThat(server().queryNames(
                                new ObjectName(
                                        "org.apache.camel:context=" + camel.getManagementName() + ",type=consumers,*"),
                                null))
                .isEmpty();
    }
}
