/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.producer.ProducerTestBase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests writes of moments with {@code clinicZone}, over a real server. */
class ClinicZoneWritesTest extends ProducerTestBase {
    private static final Instant MOMENT = Instant.parse("2027-03-01T05:30:00.789Z");
    private static final String CREATE = "/api/v3/appointments/createAppointment?patientID=p1&appointmentDateTime=";
    private static final String DUBAI = "operation=create&clinicZone=Asia/Dubai";

    @BeforeEach
    void answer() {
        serve(json("{\"ID\":\"new-1\"}"));
    }

    private Exchange send(String resource, String options, Object body, Map<String, Object> parameters) {
        return call(resource, options)
                .withBody(body)
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();
    }

    private String sentUrl(Exchange out) {
        assertThat(out.getException()).isNull();
        String url = onlyRequest().getUrl();
        clinicea.server().resetRequests();
        return url;
    }

    static Stream<Object> moments() throws Exception {
        return Stream.of(
                MOMENT,
                MOMENT.atZone(ZoneId.of("America/New_York")),
                OffsetDateTime.ofInstant(MOMENT, ZoneId.of("+05:30")),
                Date.from(MOMENT),
                GregorianCalendar.from(MOMENT.atZone(ZoneId.of("Asia/Kolkata"))),
                DatatypeFactory.newInstance().newXMLGregorianCalendar("2027-03-01T11:00:00+05:30"));
    }

    /** Is an object of a route. */
    public record Slot(String patientID, Object appointmentDateTime) {}

    @ParameterizedTest
    @MethodSource("moments")
    void given_a_moment_when_the_argument_is_in_utc_then_it_is_sent_in_utc(Object moment) {
        Map<String, Object> slot = Map.of("patientID", "p1", "appointmentDateTime", moment);
        String sent = CREATE + "2027-03-01T05:30:00";

        assertThat(sentUrl(send("appointments", DUBAI, slot, null))).isEqualTo(sent);
        assertThat(sentUrl(send("appointments", DUBAI, null, slot))).isEqualTo(sent);
        assertThat(sentUrl(send("appointments", DUBAI, new Slot("p1", moment), null)))
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void given_a_moment_when_the_argument_is_of_the_clinic_then_it_is_sent_as_local_time(Object moment) {
        Exchange visit = send("visits", DUBAI, Map.of("patid", "p1", "encdtm", moment), null);

        assertThat(visit.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"patid\":\"p1\",\"encdtm\":\"2027-03-01T09:30:00\"}");
    }

    /** Columns: a moment; the clinic's day. In Dubai the day begins at 20:00 UTC. */
    @ParameterizedTest
    @CsvSource({"2027-03-01T19:59:59Z, 2027-03-01", "2027-03-01T20:00:00Z, 2027-03-02"})
    void given_a_moment_when_the_argument_is_a_date_then_it_is_the_day_in_the_clinic(Instant moment, String day) {
        serve(json("[]"));

        send("appointments", "operation=listByDate&clinicZone=Asia/Dubai", null, Map.of("appointmentDate", moment));

        assertThat(clinicea.requests("/api/v3/appointments/getAppointmentsByDate"))
                .isNotEmpty()
                .allMatch(request -> request.getUrl().contains("appointmentDate=" + day));
    }

    @Test
    void given_a_write_by_convention_when_sent_then_moments_at_any_depth_are_local_times_and_the_rest_is_as_it_was() {
        Map<String, Object> lead = new LinkedHashMap<>();
        lead.put("Moment", MOMENT);
        lead.put("Local", LocalDateTime.parse("2027-03-01T11:00:00"));
        lead.put("Text", "2027-03-01T11:00:00Z");
        lead.put("Inner", Map.of("List", List.of(MOMENT, 1)));

        Exchange out = send("leads", DUBAI, lead, null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getMethod()).isEqualTo(RequestMethod.POST);
        assertThat(onlyRequest().getBodyAsString())
                .isEqualTo("{\"Moment\":\"2027-03-01T09:30:00\",\"Local\":\"2027-03-01T11:00:00\","
                        + "\"Text\":\"2027-03-01T11:00:00Z\",\"Inner\":{\"List\":[\"2027-03-01T09:30:00\",1]}}");
    }

    @ParameterizedTest
    @CsvSource({"2027-03-01T11:00:00", "2027-03-01T11:00:00Z"})
    void given_text_when_sent_then_it_is_as_given(String text) {
        assertThat(sentUrl(send("appointments", DUBAI, Map.of("patientID", "p1", "appointmentDateTime", text), null)))
                .isEqualTo(CREATE + text);
    }

    /** The clocks of Berlin skip 02:00 to 03:00 on 2027-03-28, and repeat it on 2027-10-31. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-28T00:59:59Z, 2027-03-28T01:59:59",
        "2027-03-28T01:00:00Z, 2027-03-28T03:00:00",
        "2027-10-31T00:30:00Z, 2027-10-31T02:30:00",
        "2027-10-31T01:30:00Z, 2027-10-31T02:30:00",
        "2027-10-31T02:00:00Z, 2027-10-31T03:00:00"
    })
    void given_clocks_that_change_when_a_moment_is_sent_then_it_is_what_the_clock_of_the_clinic_shows(
            Instant moment, String local) {
        Exchange out = send(
                "visits", "operation=create&clinicZone=Europe/Berlin", Map.of("patid", "p1", "encdtm", moment), null);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).contains("\"encdtm\":\"" + local + "\"");
    }

    @Test
    void given_no_zone_when_a_moment_is_sent_then_it_is_refused_and_the_option_is_named() {
        Exchange out = send(
                "appointments", "operation=create", Map.of("patientID", "p1", "appointmentDateTime", MOMENT), null);

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'appointmentDateTime'", "clinicZone", "in UTC")
                .hasMessageNotContaining("2027-03-01T05");
        assertNothingSent();
    }

    @Test
    void given_a_moment_out_of_range_when_sent_then_it_is_refused() {
        for (Instant moment : List.of(Instant.MAX, Instant.MIN, Instant.parse("+10000-01-01T00:00:00Z"))) {
            Exchange out = send("appointments", DUBAI, Map.of("patientID", "p1", "appointmentDateTime", moment), null);

            assertThat(out.getException()).isInstanceOf(IllegalArgumentException.class);
            assertNothingSent();
        }
    }
}
