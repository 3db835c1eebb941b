/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.util.RawValue;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.producer.ProducerTestBase;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests numbers that are short in a message and huge in a request. */
@Timeout(60)
class NumberLimitTest extends ProducerTestBase {
    private static final String HUGE = "1e2000000000";
    private static final BigDecimal HUGE_DECIMAL = new BigDecimal(HUGE);

    @BeforeEach
    public void serve() {
        serve(json("{\"ID\":\"r1\"}"));
    }

    private void assertRefused(Exchange out, String name) {
        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("more than 100 digits")
                .hasMessageNotContaining("2000000000")
                .hasNoCause();
        assertNothingSent();
    }

    private static String appointment(String notes) {
        return "{\"patientID\":\"p1\",\"appointmentDateTime\":\"2027-03-01T09:30:00\",\"notes\":" + notes + "}";
    }

    static Stream<Object> bodies() {
        return Stream.of(
                appointment(HUGE),
                appointment("-1e100000000"),
                appointment("1e-2000000000"),
                appointment("0e101"),
                appointment("1" + "0".repeat(100)),
                appointment("[{\"x\":" + HUGE + "}]"),
                appointment(HUGE).getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(appointment(HUGE).getBytes(StandardCharsets.UTF_8)),
                Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00", "notes", HUGE_DECIMAL),
                Map.of("patientID", "p1", "notes", BigInteger.TEN.pow(1_000_000)),
                Map.of("patientID", "p1", "notes", Double.MAX_VALUE),
                Map.of("patientID", "p1", "notes", new RawValue(HUGE)),
                Map.of("patientID", "p1", "notes", new RawValue("[{\"x\":" + HUGE + "}]")),
                Map.of("patientID", "p1", "notes", List.of(Map.of("x", HUGE_DECIMAL))),
                MessageValues.of(Map.of("patientID", "p1", "notes", HUGE_DECIMAL)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void given_a_body_with_a_number_out_of_proportion_when_sent_then_it_is_refused_before_anything_is_sent(
            Object body) {
        assertRefused(call("appointments", "operation=create").withBody(body).send(), "'notes' in the body");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void given_a_json_body_with_a_number_out_of_proportion_when_sent_then_it_is_refused_before_anything_is_sent(
            Object body) {
        assertRefused(
                call("things", "path=/api/v9/things&operation=create")
                        .withBody(body)
                        .send(),
                "'notes' in the body");
    }

    static Stream<Object> parameters() {
        return Stream.of(
                "{\"searchText\":" + HUGE + "}",
                "{\"searchText\":[[" + HUGE + "]]}",
                Map.of("searchText", HUGE_DECIMAL),
                Map.of("searchText", BigInteger.TEN.pow(100)),
                MessageValues.of(Map.of("searchText", HUGE_DECIMAL)));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void given_a_parameter_that_is_a_number_out_of_proportion_when_sent_then_it_is_refused_before_anything_is_sent(
            Object parameters) {
        assertRefused(
                call("patients", "operation=list")
                        .withHeader(CliniceaConstants.PARAMETERS, parameters)
                        .send(),
                "'searchText' in the header CamelCliniceaParameters");
    }

    static Stream<Number> ids() {
        return Stream.of(HUGE_DECIMAL, BigInteger.TEN.pow(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void given_a_record_id_that_is_a_number_out_of_proportion_when_sent_then_it_is_refused_before_anything_is_sent(
            Number id) {
        assertRefused(
                call("patients", "operation=get")
                        .withHeader(CliniceaConstants.RECORD_ID, id)
                        .send(),
                CliniceaConstants.RECORD_ID);
    }

    private static Map<String, Object> appointmentWith(Object notes) {
        return Map.of("patientID", "p1", "appointmentDateTime", "2027-03-01T09:30:00", "notes", notes);
    }

    /** Is a record of a route. */
    public record Task(double notes) {}

    static Stream<Object> notFinite() {
        return Stream.of(
                appointmentWith(Double.NaN),
                appointmentWith(Double.POSITIVE_INFINITY),
                appointmentWith(Float.NEGATIVE_INFINITY),
                appointmentWith(List.of(1.5, Double.NaN)),
                appointmentWith(new double[] {Double.NaN}),
                appointmentWith(Map.of("x", List.of(Map.of("y", Float.NaN)))),
                appointmentWith(OptionalDouble.of(Double.NaN)),
                appointmentWith(new AtomicReference<>(Double.NaN)),
                new Task(Double.NaN),
                MessageValues.of(appointmentWith(Double.NaN)));
    }

    private void assertNotFiniteRefused(Exchange out, String name) {
        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("no finite number")
                .hasNoCause();
        assertNothingSent();
    }

    @ParameterizedTest
    @MethodSource("notFinite")
    void given_a_number_that_is_not_finite_when_in_a_body_then_it_is_refused_before_anything_is_sent(Object body) {
        assertNotFiniteRefused(
                call("things", "path=/api/v9/things&operation=create")
                        .withBody(body)
                        .send(),
                "'notes' in the body");
        assertNotFiniteRefused(
                call("appointments", "operation=create").withBody(body).send(), "'notes' in the body");
    }

    static Stream<Object> notFiniteParameters() {
        return Stream.of(
                Map.of("searchText", Double.NaN),
                Map.of("searchText", OptionalDouble.of(Double.NEGATIVE_INFINITY)),
                Map.of("searchText", new Object[] {Float.POSITIVE_INFINITY}),
                MessageValues.of(Map.of("searchText", Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("notFiniteParameters")
    void given_a_parameter_that_is_not_finite_when_sent_then_it_is_refused_before_anything_is_sent(Object parameters) {
        assertNotFiniteRefused(
                call("patients", "operation=list")
                        .withHeader(CliniceaConstants.PARAMETERS, parameters)
                        .send(),
                "'searchText' in the header CamelCliniceaParameters");
    }

    @Test
    void given_numbers_within_the_limit_when_sent_then_they_are_sent_as_they_are() {
        String hundred = "1" + "0".repeat(99);
        Exchange out = call("appointments", "operation=create&strictParameters=false")
                .withBody(appointment("-12.50"))
                .withHeader(CliniceaConstants.PARAMETERS, "{\"a\":" + hundred + ",\"b\":1e3,\"c\":1e-3}")
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl())
                .contains("notes=-12.50")
                .contains("a=" + hundred)
                .contains("b=1000")
                .contains("c=0.001");
    }
}
