/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
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
                from(clinicea.uri("patients", "delay=50&exceptionHandler=#quiet"))
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
        camel.stop();
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
        assertThat(attribute("DeliveredRows")).as("without the one that fails").isEqualTo(2L);
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
}
