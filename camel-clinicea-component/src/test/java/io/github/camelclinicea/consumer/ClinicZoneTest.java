/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the headers of rows with {@code clinicZone}. */
class ClinicZoneTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Message> rows = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private List<Message> poll(String options, String... stamps) throws Exception {
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < stamps.length; i++) {
            page.append(i == 0 ? "[" : ",").append(patient("p" + i, "Added", stamps[i]));
        }
        clinicea.servePatients(page + "]");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(clinicea.uri("patients", options))
                        .process(row -> rows.add(row.getMessage().copy()));
            }
        });
        camel.start();
        await().atMost(PATIENCE).until(() -> rows.size() == stamps.length);
        return rows;
    }

    @Test
    void given_a_zone_when_rows_come_then_the_stamp_is_a_moment_too_and_the_body_is_as_sent() throws Exception {
        String[] stamps = {
            "2026-03-01T09:30:00", "2026-03-01T09:30:00Z", "/Date(1772343000000)/", "0001-01-01T00:00:00", "Testa", ""
        };

        List<Message> messages = poll("clinicZone=Asia/Dubai", stamps);

        assertThat(messages)
                .extracting(row -> row.getHeader(CliniceaConstants.MODIFIED_INSTANT))
                .containsExactly(
                        Instant.parse("2026-03-01T05:30:00Z"),
                        Instant.parse("2026-03-01T09:30:00Z"),
                        Instant.parse("2026-03-01T05:30:00Z"),
                        null,
                        null,
                        null);
        assertThat(messages)
                .extracting(row -> (Object) ((Map<?, ?>) row.getBody()).get("ModifiedDatetime"))
                .containsExactly((Object[]) stamps);
        assertThat(messages.get(0).getHeader(CliniceaConstants.MODIFIED)).isEqualTo(stamps[0]);
    }

    @Test
    void given_no_zone_when_a_row_comes_then_there_is_no_moment() throws Exception {
        assertThat(poll("", "2026-03-01T09:30:00"))
                .singleElement()
                .satisfies(row -> assertThat(row.getHeaders()).doesNotContainKey(CliniceaConstants.MODIFIED_INSTANT));
    }

    @Test
    void given_a_zone_of_the_component_with_an_offset_when_a_row_comes_then_it_is_used() throws Exception {
        camel.getComponent("clinicea", io.github.camelclinicea.CliniceaComponent.class)
                .getConfiguration()
                .setClinicZone("+05:30");

        assertThat(poll("", "2026-03-01T09:30:00"))
                .singleElement()
                .satisfies(row -> assertThat(row.getHeader(CliniceaConstants.MODIFIED_INSTANT))
                        .isEqualTo(Instant.parse("2026-03-01T04:00:00Z")));
    }
}
