/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.main.Main;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each test has patients of its own, and all share one application. */
@Execution(ExecutionMode.CONCURRENT)
class RemindersTest {
    private static final List<String> LOGGED = new CopyOnWriteArrayList<>();
    private static final Logger ROOT = (Logger) LogManager.getRootLogger();
    private static final AbstractAppender APPENDER =
            new AbstractAppender("reminders", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    // The mail server of the test logs addresses.
                    if (!event.getLoggerName().startsWith("com.icegreen")) {
                        LOGGED.add(event.getMessage().getFormattedMessage() + event.getThrown());
                    }
                }
            };

    private static ReminderWorld world;
    private static Main main;

    @BeforeAll
    static void start() throws Exception {
        APPENDER.start();
        ROOT.addAppender(APPENDER);
        world = new ReminderWorld();
        main = run(world, Map.of("reminders.tries", "2", "reminders.retry-after", "100"));
    }

    static Main run(ReminderWorld world, Map<String, String> further) throws Exception {
        Main main = RemindersApplication.create("target/no-such-file.properties");
        world.properties().forEach(main::addOverrideProperty);
        further.forEach(main::addOverrideProperty);
        main.start();
        return main;
    }

    @AfterAll
    static void stop() throws Exception {
        main.stop();
        world.close();
        ROOT.removeAppender(APPENDER);
        APPENDER.stop();
        assertThat(LOGGED).anyMatch(line -> line.contains("may have been sent"));
        assertThat(String.join("\n", LOGGED))
                .doesNotContain("Ada", "ada-", "1202555", "invented-token", "mail-password", "Secret treatment");
    }

    static ConditionFactory within20Seconds() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    /** Returns the start of an appointment whose reminder of the day before is due within a second or two. */
    static Instant dueSoon() {
        return Instant.now().plus(24, ChronoUnit.HOURS).plusMillis(1900).truncatedTo(ChronoUnit.SECONDS);
    }

    static Instant dueLater() {
        return Instant.now().plus(26, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Waits until both feeds have read what is in the clinic now, and what is due by now was sent if it may be. */
    static void awaitSending(Main main) {
        Feeds feeds = new Feeds(main.getCamelContext(), Duration.ofMinutes(5), Clock.systemUTC());
        ScheduledPollConsumer sender =
                (ScheduledPollConsumer) main.getCamelContext().getRoute("send").getConsumer();
        Instant from = Instant.now();
        within20Seconds().until(() -> feeds.asOf() != null && feeds.asOf().isAfter(from));
        long runs = sender.getCounter() + 2;
        within20Seconds().until(() -> sender.getCounter() >= runs);
    }

    /** Lets the reminder of the day before be due after all changes are read, and waits until it was sent if it may be. */
    private static void awaitDue(String appointment) {
        awaitFeeds();
        world.makeDue(appointment);
        awaitSending(main);
    }

    private static void awaitLines(String appointment, String kind, String state) {
        within20Seconds().until(() -> state.equals(world.lines(appointment).get(kind)));
    }

    /** Waits until what is in the clinic now is in the tables. */
    private static void awaitFeeds() {
        awaitSending(main);
    }

    private static void change(String resource, String id, Map<String, ?> fields) {
        world.clinic().change(resource, id, fields);
    }

    private static String calendar(MimeMessage mail) throws Exception {
        Multipart parts = (Multipart) mail.getContent();
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/calendar");
        return new String(parts.getBodyPart(1).getInputStream().readAllBytes(), "UTF-8");
    }

    private static String text(MimeMessage mail) throws Exception {
        return ((Multipart) mail.getContent()).getBodyPart(0).getContent().toString();
    }

    private static String utc(Instant time) {
        return time.toString().replaceAll("[-:]", "");
    }

    private static RequestPatternBuilder requestsTo(String number) {
        return postRequestedFor(urlPathEqualTo(ReminderWorld.MESSAGES))
                .withRequestBody(matchingJsonPath("$[?(@.to == '" + digits(number) + "')]"));
    }

    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }

    private static StubMapping whatsAppAnswers(String number, ResponseDefinitionBuilder response) {
        return world.whatsApp()
                .stubFor(post(urlPathEqualTo(ReminderWorld.MESSAGES))
                        .withRequestBody(matchingJsonPath("$[?(@.to == '" + digits(number) + "')]"))
                        .willReturn(response));
    }

    @Test
    void given_an_appointment_when_its_reminder_is_due_then_one_mail_comes_with_clinic_day_time_and_calendar()
            throws Exception {
        String patient = world.patient(Map.of());
        Instant start = dueSoon();
        String id = world.appointment(patient, start);

        within20Seconds().until(() -> world.mails(world.mailOf(patient)).size() == 1);
        awaitSending(main);

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
        assertThat(world.lines(id)).isEqualTo(Map.of("day-before", "sent", "two-hours", "due"));
        MimeMessage mail = world.mails(world.mailOf(patient)).get(0);
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(mail.getFrom()[0]).hasToString("clinic+reminders@example.invalid");
        assertThat(text(mail)).contains("Hello Ada,", "Invented Clinic").doesNotContain("Secret");
        assertThat(calendar(mail))
                .contains("METHOD:PUBLISH", "UID:" + id + "@example.invalid", "SEQUENCE:0", "DTSTART:" + utc(start))
                .doesNotContain("Secret", "Ada");
    }

    @Test
    void given_a_patient_with_a_number_when_a_reminder_is_due_then_one_template_message_comes_and_no_mail() {
        String number = ReminderWorld.number();
        // Without the country code, with the separators of people.
        String patient = world.patient(Map.of("Mobile", number.replace("+1 202-", " (202) ")));
        Instant start = dueSoon();
        world.appointment(patient, start);

        within20Seconds().until(() -> world.whatsApps(number).size() == 1);
        awaitSending(main);

        assertThat(world.whatsApps(number)).hasSize(1).first().satisfies(message -> {
            assertThat(message.path("messaging_product").asText()).isEqualTo("whatsapp");
            assertThat(message.path("type").asText()).isEqualTo("template");
            assertThat(message.at("/template/name").asText()).isEqualTo("appointment_day_before");
            assertThat(message.at("/template/language/code").asText()).isEqualTo("en");
            assertThat(message.at("/template/components/0/parameters").findValuesAsText("text"))
                    .hasSize(3)
                    .startsWith("Invented Clinic");
        });
        assertThat(world.mails(world.mailOf(patient))).isEmpty();
    }

    @Test
    void given_a_kind_that_is_past_when_the_appointment_is_booked_then_it_is_not_sent() {
        String id = world.appointment(world.patient(Map.of()), Instant.now().plus(3, ChronoUnit.HOURS));
        String today = world.appointment(world.patient(Map.of()), Instant.now().plus(1, ChronoUnit.HOURS));
        awaitFeeds();

        assertThat(world.lines(id)).isEqualTo(Map.of("two-hours", "due"));
        assertThat(world.lines(today)).isEmpty();
    }

    @Test
    void given_a_moved_appointment_when_polled_then_only_the_new_start_is_reminded_of() throws Exception {
        String patient = world.patient(Map.of());
        Instant before = dueLater();
        String id = world.appointment(patient, before);
        awaitFeeds();
        Instant after = before.plus(3, ChronoUnit.HOURS);
        change("appointments", id, ReminderWorld.at(after));

        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
        assertThat(calendar(world.mails(world.mailOf(patient)).get(0))).contains("DTSTART:" + utc(after), "SEQUENCE:1");
    }

    @Test
    void given_an_appointment_that_is_moved_back_to_a_start_that_was_reminded_of_then_it_is_not_reminded_again() {
        String patient = world.patient(Map.of());
        Instant before = dueLater();
        String id = world.appointment(patient, before);
        awaitDue(id);
        change("appointments", id, ReminderWorld.at(before.plus(3, ChronoUnit.HOURS)));
        awaitFeeds();
        change("appointments", id, ReminderWorld.at(before));
        awaitFeeds();

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
        assertThat(world.jdbc()
                        .queryForList(
                                "SELECT state FROM reminders WHERE appointment_id = ? ORDER BY start_at, due_at",
                                String.class,
                                id))
                .containsExactly("sent", "due", "withdrawn", "withdrawn");
    }

    @ParameterizedTest
    @CsvSource({
        "AppointmentStatus, 4",
        "AppointmentStatus, no show",
        "CancelledDatetime, 2026-01-02T03:04:05",
        "StartDateTime, 0001-01-01T00:00:00",
        "StartDateTime,"
    })
    void given_an_appointment_that_does_not_take_place_when_polled_then_its_reminders_are_withdrawn(
            String field, String value) {
        String patient = world.patient(Map.of());
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        Map<String, Object> fields = new HashMap<>();
        fields.put(field, value);
        change("appointments", id, fields);

        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
        assertThat(world.lines(id).values()).allMatch("withdrawn"::equals);
    }

    @Test
    void given_a_deleted_appointment_when_polled_then_its_reminders_are_withdrawn() {
        String patient = world.patient(Map.of());
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        awaitFeeds();
        world.clinic().delete("appointments", id);

        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
        assertThat(world.lines(id)).isEqualTo(Map.of("day-before", "withdrawn", "two-hours", "withdrawn"));
    }

    @Test
    void given_a_cancelled_appointment_when_it_takes_place_after_all_then_it_is_reminded_of() {
        String patient = world.patient(Map.of());
        String id = world.appointment(patient, dueLater());
        change("appointments", id, Map.of("AppointmentStatus", 4));
        awaitFeeds();
        change("appointments", id, Map.of("AppointmentStatus", 1));

        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
    }

    @Test
    void given_an_appointment_of_a_patient_who_is_not_known_yet_when_the_patient_comes_then_it_is_reminded_of() {
        String patient = "0F0E0D0C-1111-4222-8333-ABCDEFABCDEF";
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        awaitDue(id);
        assertThat(world.lines(id)).containsEntry("day-before", "due");
        assertThat(reason(id)).isEqualTo("the patient is not in the table patients");

        // The case of a GUID's letters does not count.
        world.patient(Map.of("PatientID", patient.toLowerCase(), "Email", "late@example.invalid"));
        awaitDue(id);
        awaitLines(id, "day-before", "sent");

        assertThat(world.mails("late@example.invalid")).hasSize(1);
    }

    private static String reason(String appointment) {
        return world.jdbc()
                .queryForObject(
                        "SELECT reason FROM reminders_stuck WHERE appointment_id = ?", String.class, appointment);
    }

    @ParameterizedTest
    @CsvSource({
        "IsActive, false, the patient is inactive",
        "EmailOptOut, true, 'no address, or the patient wants no message'",
        "Email, 'ada@example.invalid, other@example.invalid', 'no address, or the patient wants no message'"
    })
    void given_a_patient_who_gets_no_messages_when_a_reminder_is_due_then_it_is_not_sent_and_the_desk_sees_why(
            String field, String value, String reason) {
        String patient = world.patient(Map.of());
        String mail = world.mailOf(patient);
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        change("patients", patient, Map.of(field, value));

        awaitDue(id);

        assertThat(world.mails(mail)).isEmpty();
        assertThat(world.lines(id)).containsEntry("day-before", "due");
        assertThat(reason(id)).isEqualTo(reason);
    }

    @Test
    void given_a_deleted_patient_when_a_reminder_is_due_then_it_is_not_sent() {
        String patient = world.patient(Map.of());
        String mail = world.mailOf(patient);
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        awaitFeeds();
        world.clinic().delete("patients", patient);

        awaitDue(id);

        assertThat(world.mails(mail)).isEmpty();
        assertThat(world.lines(id)).containsEntry("day-before", "due");
    }

    @Test
    void given_a_patient_who_wants_no_message_by_telephone_when_a_reminder_is_due_then_it_is_a_mail() {
        String number = ReminderWorld.number();
        String patient = world.patient(Map.of("Mobile", number, "SMSOptOut", 1));
        String id = world.appointment(patient, dueLater());

        awaitDue(id);
        awaitLines(id, "day-before", "sent");

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
        assertThat(world.whatsApps(number)).isEmpty();
    }

    @Test
    void given_a_corrected_number_when_a_reminder_is_due_then_it_goes_to_the_new_one() {
        String wrong = ReminderWorld.number();
        String right = ReminderWorld.number();
        String patient = world.patient(Map.of("Mobile", wrong));
        String id = world.appointment(patient, dueLater());
        awaitFeeds();
        change("patients", patient, Map.of("Mobile", right));

        awaitDue(id);
        awaitLines(id, "day-before", "sent");

        assertThat(world.whatsApps(wrong)).isEmpty();
        assertThat(world.whatsApps(right)).hasSize(1);
    }

    @Test
    void given_a_message_that_is_refused_when_tried_as_often_as_allowed_then_it_waits_for_the_desk() {
        String number = ReminderWorld.number();
        StubMapping refusal = whatsAppAnswers(number, aResponse().withStatus(400));
        String id = world.appointment(world.patient(Map.of("Mobile", number)), dueLater());

        awaitDue(id);
        awaitLines(id, "day-before", "refused");
        awaitSending(main);

        world.whatsApp().verify(2, requestsTo(number));
        assertThat(reason(id)).isEqualTo("refused 2 times by whatsapp");
        world.whatsApp().removeStub(refusal);
        world.jdbc().update("UPDATE reminders SET state = 'due', tries = 0 WHERE state = 'refused'");
        awaitDue(id);
        awaitLines(id, "day-before", "sent");
    }

    @Test
    void given_a_message_without_a_response_when_the_connection_ends_then_it_is_never_sent_again_by_itself() {
        String number = ReminderWorld.number();
        StubMapping fault = whatsAppAnswers(number, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        String id = world.appointment(world.patient(Map.of("Mobile", number)), dueLater());

        awaitDue(id);
        awaitLines(id, "day-before", "unknown");
        awaitSending(main);

        world.whatsApp().verify(1, requestsTo(number));
        assertThat(world.jdbc()
                        .queryForList("SELECT kind FROM reminders_unknown WHERE appointment_id = ?", String.class, id))
                .containsExactly("day-before");
        world.whatsApp().removeStub(fault);
        world.jdbc()
                .update("UPDATE reminders SET state = 'due' WHERE id IN (SELECT id FROM reminders_unknown)"
                        + " AND appointment_id = '" + id + "'");
        awaitDue(id);
        awaitLines(id, "day-before", "sent");
    }

    @Test
    void given_a_line_that_a_process_left_claimed_when_it_is_due_then_it_is_not_sent_and_the_desk_sees_it() {
        String patient = world.patient(Map.of());
        String id = world.appointment(patient, dueLater());
        awaitFeeds();
        world.jdbc()
                .update(
                        "UPDATE reminders SET state = 'sending', claimed_at = now() + interval '-6 minutes'"
                                + " WHERE appointment_id = ? AND kind = 'day-before'",
                        id);

        awaitSending(main);

        assertThat(world.lines(id)).containsEntry("day-before", "sending");
        assertThat(world.jdbc()
                        .queryForList("SELECT kind FROM reminders_unknown WHERE appointment_id = ?", String.class, id))
                .containsExactly("day-before");
    }

    @Test
    void given_two_reminders_of_an_appointment_that_are_overdue_when_sent_then_only_the_later_one_is() {
        String patient = world.patient(Map.of("IsActive", false));
        String id = world.appointment(patient, dueLater());
        awaitFeeds();
        world.jdbc()
                .update(
                        "UPDATE reminders SET due_at = now() + CASE kind WHEN 'day-before' THEN interval '-20 hours'"
                                + " ELSE interval '-1 hour' END WHERE appointment_id = ?",
                        id);

        change("patients", patient, Map.of("IsActive", true));
        awaitLines(id, "two-hours", "sent");
        awaitSending(main);

        assertThat(world.lines(id)).containsEntry("day-before", "due");
        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
    }

    @Test
    void given_a_row_that_cannot_be_used_when_its_reminder_is_due_then_only_its_appointment_waits() {
        String patient = world.patient(Map.of());
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        awaitFeeds();
        change("appointments", id, Map.of("CancelledDatetime", "some day"));
        String other = world.patient(Map.of());
        String otherId = world.appointment(other, start);

        awaitDue(otherId);
        awaitLines(otherId, "day-before", "sent");
        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
        assertThat(world.lines(id)).containsEntry("day-before", "due");
        change("appointments", id, Map.of("CancelledDatetime", "0001-01-01T00:00:00"));
        awaitDue(id);
        awaitLines(id, "day-before", "sent");
    }

    @Test
    void given_a_patients_row_that_cannot_be_used_when_a_reminder_is_due_then_the_patient_gets_none() {
        String patient = world.patient(Map.of());
        Instant start = dueLater();
        String id = world.appointment(patient, start);
        awaitFeeds();
        change("patients", patient, Map.of("EmailOptOut", "perhaps"));

        awaitDue(id);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
        assertThat(world.lines(id)).containsEntry("day-before", "due");
        change("patients", patient, Map.of("EmailOptOut", 0));
        awaitDue(id);
        awaitLines(id, "day-before", "sent");
    }

    @Test
    void given_a_name_with_line_breaks_when_a_mail_is_sent_then_they_start_no_header_and_no_calendar_line()
            throws Exception {
        String patient = world.patient(Map.of("FirstName", "Ada\r\nBcc: other@example.invalid\u0000"));
        String id = world.appointment(patient, dueLater());
        change("appointments", id, Map.of("ClinicName", "Praxis Süd; A, B\r\nATTENDEE:mailto:other@example.invalid"));

        awaitDue(id);
        awaitLines(id, "day-before", "sent");

        MimeMessage mail = world.mails(world.mailOf(patient)).get(0);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(calendar(mail).replace("\r\n ", "").lines())
                .noneMatch(line -> line.startsWith("ATTENDEE"))
                .contains("LOCATION:Praxis Süd\\; A\\, B ATTENDEE:mailto:other@example.invalid");
        assertThat(mail.getSubject()).startsWith("Your appointment on ").doesNotContain("\r", "\n");
    }
}
