/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.ListedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnbindableRowTest extends EvidenceTestBase {
    /** Is a patient as a user's class. */
    public static final class Patient {
        public String PatientID;
        public String DataStatusStr;
        public String ModifiedDatetime;
        public int Age;
        public Double Fee;
        public Kind Kind;
    }

    /** Is the type of a field with few values. */
    public enum Kind {
        IN,
        OUT
    }

    static Stream<Arguments> unbindable() {
        String type = Patient.class.getName();
        return Stream.of(
                Arguments.of(type, "\"Age\":\"n/a\""),
                Arguments.of(type, "\"Age\":3000000000"),
                Arguments.of(type, "\"Fee\":{\"amount\":3}"),
                Arguments.of(type, "\"Kind\":\"SIDEWAYS\""),
                Arguments.of("Map", "\"Fee\":1E9999999999"),
                Arguments.of("Node", "\"Fee\":1E9999999999"),
                Arguments.of("Map", "\"Deep\":{\"Fee\":[-1e-9999999999]}"));
    }

    private List<ListedRow> others(String member) {
        List<ListedRow> rows = new ArrayList<>(patients(0, 10, server.now().minusSeconds(60), "\"Age\":7"));
        ListedRow unbindable = patient("p3", rows.get(3).stamp(), member);
        server.add(rows.subList(0, 3)).add(unbindable).add(rows.subList(4, 10));
        rows.remove(3);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("unbindable")
    void given_a_row_that_the_body_type_cannot_hold_when_the_route_handles_it_then_it_counts_as_delivered(
            String bodyType, String member) throws Exception {
        List<ListedRow> others = others(member);

        route.handlingFailures().start("patients", "bodyType=" + bodyType);
        route.awaitCaughtUp(3, others);
        route.awaitPolls(3);

        route.assertDeliveredOnce(others);
        assertThat(route.handled()).singleElement().satisfies(bad -> {
            assertThat(bad.id()).isEqualTo("p3");
            assertThat(bad.body()).isEqualTo(server.rows().get(3).json());
            assertThat(bad.failure().getClass().getSimpleName()).isEqualTo("CliniceaRowException");
        });
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("unbindable")
    void given_a_row_that_the_body_type_cannot_hold_when_errors_are_bridged_then_it_counts_as_delivered(
            String bodyType, String member) throws Exception {
        List<ListedRow> others = others(member);

        route.handlingFailures().start("patients", "bridgeErrorHandler=true&bodyType=" + bodyType);
        route.awaitCaughtUp(3, others);
        route.awaitPolls(3);

        assertThat(route.handled()).hasSize(1);
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("unbindable")
    void given_a_row_that_the_body_type_cannot_hold_when_the_route_does_not_handle_it_then_it_is_held(
            String bodyType, String member) throws Exception {
        List<ListedRow> others = others(member);

        route.start("patients", "bodyType=" + bodyType);
        route.awaitPolls(3);

        route.assertDeliveredOnce(others);
        assertThat(route.consumer().getFailedRows()).isEqualTo(1);
        assertThat(route.checkpoint()).isEmpty();
        server.add(patient("latest", server.now(), "\"Age\":8"));
        route.awaitWithin(3, () -> route.ids().contains("latest"));
        assertThat(route.ids()).contains("latest");
    }
}
