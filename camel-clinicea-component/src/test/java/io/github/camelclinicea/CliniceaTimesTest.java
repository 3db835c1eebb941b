/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliniceaTimesTest {
    private static final Instant MOMENT = Instant.parse("2026-03-01T05:30:00Z");

    private final CliniceaTimes dubai = new CliniceaTimes("Asia/Dubai");

    /** The clocks of Berlin skip 2026-03-29T02:00 to 03:00, and repeat 2026-10-25T02:00 to 03:00. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Dubai, 2026-03-01T09:30:00, 2026-03-01T05:30:00Z",
        "Asia/Dubai, 2026-03-01T09:30, 2026-03-01T05:30:00Z",
        "Asia/Dubai, ' 2026-03-01T09:30:00 ', 2026-03-01T05:30:00Z",
        "Asia/Dubai, 2026-03-01T09:30:00.1234567, 2026-03-01T05:30:00.123456700Z",
        "Asia/Dubai, 2026-03-01T09:30:00Z, 2026-03-01T09:30:00Z",
        "Asia/Dubai, 2026-03-01T09:30:00+05:30, 2026-03-01T04:00:00Z",
        "Asia/Dubai, 2026-03-01T09:30:00+0530, 2026-03-01T04:00:00Z",
        "Asia/Dubai, 2026-03-01, 2026-02-28T20:00:00Z",
        "Asia/Dubai, /Date(1772343000000)/, 2026-03-01T05:30:00Z",
        "Asia/Dubai, /Date(1772343000000+0400)/, 2026-03-01T05:30:00Z",
        "Asia/Dubai, /Date(-1000)/, 1969-12-31T23:59:59Z",
        "+05:30, 2026-03-01T09:30:00, 2026-03-01T04:00:00Z",
        "Europe/Berlin, 2026-03-29T01:59:59, 2026-03-29T00:59:59Z",
        "Europe/Berlin, 2026-03-29T02:30:00, 2026-03-29T01:30:00Z",
        "Europe/Berlin, 2026-03-29T03:00:00, 2026-03-29T01:00:00Z",
        "Europe/Berlin, 2026-10-25T02:30:00, 2026-10-25T00:30:00Z",
        "Europe/Berlin, 2026-10-25T03:00:00, 2026-10-25T02:00:00Z"
    })
    void given_a_text_of_a_record_when_read_then_it_is_the_moment_in_the_clinic(
            String zone, String text, Instant expected) {
        assertThat(new CliniceaTimes(zone).instant(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0001-01-01",
                "0001-01-01T00:00:00",
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00+04:00",
                "/Date(-62135596800000)/",
                "/Date(-62135611200000+0400)/"
            })
    void given_a_time_that_was_never_set_when_read_then_there_is_none(String text) {
        assertThat(CliniceaTimes.exactInstant(text)).isNull();
        assertThat(CliniceaTimes.isUnset(text == null ? "" : text)).isEqualTo(text != null && !text.isBlank());
        assertThat(dubai.instant(text)).isNull();
        assertThat(dubai.zoned(text)).isNull();
        assertThat(dubai.local(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Testa",
                "2026-02-30",
                "2026-03-01T25:00:00",
                "2026-03-01 09:30",
                "9:30 am",
                "1772343000000",
                "/Date(x)/",
                "/Date(99999999999999999999)/",
                "0000-00-00",
                "01/03/2026"
            })
    void given_a_text_that_is_no_time_when_read_then_it_is_refused_and_not_quoted(String text) {
        assertThatThrownBy(() -> dubai.instant(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ISO 8601")
                .hasMessageNotContaining(text)
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:59:59, true",
        "2026-03-29T02:00:00, false",
        "2026-03-29T02:59:59.9, false",
        "2026-03-29T03:00:00, true",
        "2026-10-25T01:59:59, true",
        "2026-10-25T02:00:00, false",
        "2026-10-25T03:00:00, true",
        "2026-10-25T02:30:00Z, true",
        "2026-10-25T02:30:00+0100, true",
        "/Date(1792888200000)/, true",
        "2026-10-25, true",
        "0001-01-01T00:00:00, false"
    })
    void given_a_time_beside_a_change_of_clocks_when_asked_then_it_is_told_whether_it_is_one_moment(
            String text, boolean expected) {
        assertThat(new CliniceaTimes("Europe/Berlin").isOneMoment(text)).isEqualTo(expected);
    }

    @Test
    void given_an_object_of_java_when_asked_then_a_moment_is_one_and_a_local_time_may_not_be() {
        CliniceaTimes berlin = new CliniceaTimes("Europe/Berlin");

        assertThat(berlin.isOneMoment(Instant.parse("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(berlin.isOneMoment(LocalDateTime.parse("2026-10-25T02:30:00")))
                .isFalse();
        assertThat(berlin.isOneMoment(Timestamp.valueOf("2026-10-25 02:30:00"))).isFalse();
        assertThat(berlin.isOneMoment(null)).isFalse();
    }

    static Stream<Object> moments() {
        return Stream.of(
                MOMENT,
                MOMENT.atZone(ZoneId.of("Asia/Kolkata")),
                OffsetDateTime.parse("2026-03-01T11:00:00+05:30"),
                Date.from(MOMENT),
                GregorianCalendar.from(MOMENT.atZone(ZoneId.of("America/New_York"))),
                LocalDateTime.parse("2026-03-01T09:30:00"),
                Timestamp.valueOf("2026-03-01 09:30:00"));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void given_an_object_of_java_when_converted_then_it_is_the_local_time_of_the_clinic(Object moment) {
        assertThat(dubai.instant(moment)).isEqualTo(MOMENT);
        assertThat(dubai.zoned(moment)).isEqualTo(MOMENT.atZone(ZoneId.of("Asia/Dubai")));
        assertThat(dubai.local(moment)).isEqualTo("2026-03-01T09:30:00");
    }

    @Test
    void given_a_date_when_converted_then_it_is_the_start_of_the_day() {
        assertThat(dubai.local(LocalDate.of(2026, 3, 1))).isEqualTo("2026-03-01T00:00:00");
        assertThat(dubai.local(java.sql.Date.valueOf("2026-03-01"))).isEqualTo("2026-03-01T00:00:00");
    }

    /** The clocks of Santiago skip the first hour of 2026-09-06. */
    @Test
    void given_a_day_without_midnight_when_read_then_it_begins_at_its_first_moment() {
        assertThat(new CliniceaTimes("America/Santiago").local("2026-09-06")).isEqualTo("2026-09-06T01:00:00");
    }

    @Test
    void given_the_repeated_hour_when_both_moments_are_written_then_their_local_time_is_the_same() {
        CliniceaTimes berlin = new CliniceaTimes("Europe/Berlin");

        assertThat(berlin.local(Instant.parse("2026-10-25T00:30:00Z"))).isEqualTo("2026-10-25T02:30:00");
        assertThat(berlin.local(Instant.parse("2026-10-25T01:30:00Z"))).isEqualTo("2026-10-25T02:30:00");
        assertThat(berlin.local(Instant.parse("2026-03-29T01:00:00Z"))).isEqualTo("2026-03-29T03:00:00");
    }

    @Test
    void given_a_fraction_of_a_second_when_written_then_it_is_cut_off() {
        assertThat(dubai.local(MOMENT.plusNanos(999_999_999))).isEqualTo("2026-03-01T09:30:00");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Asia/Dubay", "IST"})
    void given_no_zone_when_made_then_the_message_names_the_option(String zone) {
        assertThatThrownBy(() -> new CliniceaTimes(zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clinicZone");
    }

    @Test
    void given_the_bean_of_the_documentation_when_a_route_reads_a_field_then_it_gets_the_moment() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("times", dubai);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:row").setHeader("start", method("times", "instant(${body[StartDateTime]})"));
                }
            });
            camel.start();

            Object start = camel.createFluentProducerTemplate()
                    .to("direct:row")
                    .withBody(Map.of("StartDateTime", "2026-03-01T09:30:00"))
                    .send()
                    .getMessage()
                    .getHeader("start");

            assertThat(start).isEqualTo(MOMENT);
        }
    }

    @Test
    void given_a_bean_by_properties_when_made_then_it_has_the_zone() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Object bean = PropertyBindingSupport.resolveBean(
                    camel, "#class:io.github.camelclinicea.CliniceaTimes(Asia/Dubai)");

            assertThat(bean)
                    .isInstanceOfSatisfying(
                            CliniceaTimes.class,
                            times -> assertThat(times.zone()).isEqualTo(ZoneId.of("Asia/Dubai")));
        }
    }
}
