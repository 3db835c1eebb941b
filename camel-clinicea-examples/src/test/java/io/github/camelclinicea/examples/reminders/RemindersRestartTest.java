/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelclinicea.examples.reminders.RemindersTest.awaitSending;
import static io.github.camelclinicea.examples.reminders.RemindersTest.dueLater;
import static io.github.camelclinicea.examples.reminders.RemindersTest.run;
import static io.github.camelclinicea.examples.reminders.RemindersTest.within20Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.sync.PollResult.End;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each test has a world and an application of its own. */
@Execution(ExecutionMode.CONCURRENT)
class RemindersRestartTest {
    private ReminderWorld world;
    private Main main;

    @BeforeEach
    void start() throws Exception {
        world = new ReminderWorld();
    }

    @AfterEach
    void stop() throws Exception {
        if (main != null) {
            main.stop();
        }
        world.close();
    }

    private void awaitLines(String appointment) {
        within20Seconds().until(() -> world.lines(appointment).size() == 2);
    }

    private long sends() {
        return ((ScheduledPollConsumer) main.getCamelContext().getRoute("send").getConsumer()).getCounter();
    }

    private void awaitSent(String appointment) {
        within20Seconds().until(() -> "sent".equals(world.lines(appointment).get("day-before")));
    }

    @Test
    void given_a_cancellation_while_the_process_is_down_when_it_starts_again_then_the_overdue_reminder_is_not_sent()
            throws Exception {
        main = run(world, Map.of());
        String cancelledPatient = world.patient(Map.of());
        String otherPatient = world.patient(Map.of());
        String cancelled = world.appointment(cancelledPatient, dueLater());
        String other = world.appointment(otherPatient, dueLater());
        awaitLines(cancelled);
        awaitLines(other);
        main.stop();
        world.clinic().change("appointments", cancelled, Map.of("AppointmentStatus", 4));
        world.makeDue(cancelled, other);

        main = run(world, Map.of());
        awaitSent(other);
        awaitSending(main);

        assertThat(world.mails(world.mailOf(otherPatient))).hasSize(1);
        assertThat(world.mails(world.mailOf(cancelledPatient))).isEmpty();
        assertThat(world.lines(cancelled)).containsEntry("day-before", "withdrawn");
    }

    @Test
    void given_one_feed_that_cannot_be_read_when_a_reminder_is_due_then_it_waits_until_both_have_caught_up()
            throws Exception {
        main = run(world, Map.of());
        String patient = world.patient(Map.of());
        String id = world.appointment(patient, dueLater());
        awaitLines(id);
        StubMapping down = world.sandbox()
                .wireMock()
                .stubFor(any(urlPathMatching(".*appointments.*"))
                        .willReturn(aResponse().withStatus(503)));
        long before = sends();
        Feeds feeds = new Feeds(main.getCamelContext(), Duration.ofMillis(300), Clock.systemUTC());
        within20Seconds().until(() -> feeds.asOf() == null);
        // Newer than the last poll of the appointments, although that is not too old yet.
        world.jdbc().update("UPDATE reminders SET due_at = now() WHERE kind = 'day-before'");
        within20Seconds().until(() -> sends() > before + 2);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
        assertThat(world.lines(id)).containsEntry("day-before", "due");
        world.sandbox().wireMock().removeStub(down);
        awaitSent(id);
    }

    @Test
    void given_a_process_that_has_just_started_when_the_clinic_cannot_be_read_then_the_feeds_are_as_of_no_moment()
            throws Exception {
        world.sandbox().wireMock().stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        main = run(world, Map.of());

        assertThat(new Feeds(main.getCamelContext(), Duration.ofMinutes(5), Clock.systemUTC()).asOf())
                .isNull();
    }

    @Test
    void given_quiet_hours_now_when_a_reminder_is_overdue_then_it_waits_for_their_end() throws Exception {
        LocalTime now = LocalTime.now(ZoneId.of(ReminderWorld.ZONE)).truncatedTo(ChronoUnit.MINUTES);
        main = run(world, Map.of("reminders.quiet-hours", now.minusHours(1) + "-" + now.plusHours(1)));
        String patient = world.patient(Map.of());
        String id = world.appointment(patient, Instant.now().plus(30, ChronoUnit.HOURS));
        awaitLines(id);
        world.jdbc().update("UPDATE reminders SET due_at = now() + interval '-1 minute'");

        awaitSending(main);

        assertThat(world.mails(world.mailOf(patient))).isEmpty();
    }

    @Test
    void given_more_due_messages_than_the_rate_when_sent_then_the_rest_waits_unclaimed() throws Exception {
        main = run(world, Map.of("reminders.per-minute", "2"));
        for (int i = 0; i < 4; i++) {
            String id = world.appointment(world.patient(Map.of("Mobile", ReminderWorld.number())), dueLater());
            awaitLines(id);
            world.makeDue(id);
        }
        within20Seconds().until(() -> world.whatsApps().size() == 2);

        await().during(Duration.ofSeconds(1)).until(() -> world.whatsApps().size() == 2);

        assertThat(world.jdbc()
                        .queryForObject(
                                "SELECT COUNT(*) FROM reminders WHERE kind = 'day-before' AND state = 'due'",
                                Integer.class))
                .isEqualTo(2);
    }

    @Test
    void given_polls_without_a_change_when_their_requests_are_counted_then_each_takes_one() throws Exception {
        main = run(world, Map.of());
        for (String feed : new String[] {Feeds.PATIENTS, Feeds.APPOINTMENTS}) {
            CliniceaConsumer consumer =
                    (CliniceaConsumer) main.getCamelContext().getRoute(feed).getConsumer();
            within20Seconds().until(() -> consumer.operations().recentPolls().size() > 3);

            assertThat(consumer.operations().recentPolls()).allSatisfy(poll -> {
                assertThat(poll.end()).isEqualTo(End.CLEAN);
                assertThat(poll.requests()).isEqualTo(feed.equals(Feeds.PATIENTS) ? 2 : 1);
            });
        }
    }

    @Test
    void given_a_wrong_setting_when_started_then_the_start_ends_with_its_name() {
        assertThatThrownBy(() -> run(world, Map.of("reminders.channels", "mail, pigeon")))
                .hasStackTraceContaining("reminders.channels");
        assertThatThrownBy(() -> run(world, Map.of("reminders.kinds", "soon:10m")))
                .hasStackTraceContaining("reminders.min-notice");
    }

    @Test
    void given_only_mail_and_a_file_of_settings_when_started_then_no_whatsapp_account_is_needed_and_the_file_counts(
            @TempDir Path folder) throws Exception {
        Path settings = Files.writeString(folder.resolve("reminders.properties"), """
                reminders.channels = mail
                reminders.per-minute = 7
                """);
        Map<String, String> properties = world.properties();
        properties.keySet().removeIf(name -> name.startsWith("whatsapp.") || name.equals("reminders.channels"));
        properties.remove("reminders.per-minute");
        main = RemindersApplication.create(settings.toString());
        properties.forEach(main::addOverrideProperty);
        main.start();

        assertThat(main.getCamelContext()
                        .resolvePropertyPlaceholders("{{reminders.per-minute}} {{reminders.channels}}"))
                .isEqualTo("7 mail");
    }

    @Test
    void given_planned_reminders_when_a_kind_is_no_longer_wanted_then_the_next_version_of_the_row_withdraws_it()
            throws Exception {
        main = run(world, Map.of());
        String id = world.appointment(world.patient(Map.of()), dueLater());
        awaitLines(id);
        main.stop();

        main = run(world, Map.of("reminders.kinds", "two-hours:2h"));
        world.clinic().change("appointments", id);

        within20Seconds().until(() -> world.lines(id).get("day-before").equals("withdrawn"));
        assertThat(world.lines(id)).containsEntry("two-hours", "due");
    }

    @Test
    void given_a_database_that_fails_after_a_message_was_sent_then_the_message_is_not_taken_for_unsent()
            throws Exception {
        String patient = world.patient(Map.of());
        AtomicInteger failures = new AtomicInteger();
        main = RemindersApplication.create("target/no-such-file.properties");
        world.properties().forEach(main::addOverrideProperty);
        main.addOverrideProperty("reminders.retry-after", "10");
        main.init();
        AdviceWith.adviceWith(
                main.getCamelContext(),
                "sendClaimed",
                advice -> advice.weaveById("recordSent").before().process(exchange -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("no database", new ConnectException("refused"));
                }));
        main.start();
        String id = world.appointment(patient, dueLater());
        awaitLines(id);
        world.makeDue(id);

        within20Seconds().until(() -> failures.get() > 0);
        awaitSending(main);

        assertThat(world.mails(world.mailOf(patient))).hasSize(1);
        assertThat(world.lines(id)).containsEntry("day-before", "sending");
    }

    @Test
    void given_a_held_row_and_a_low_rate_when_its_reminder_is_due_then_it_does_not_use_up_the_rate() throws Exception {
        main = run(world, Map.of("reminders.per-minute", "1"));
        String held = world.appointment(world.patient(Map.of()), dueLater());
        awaitLines(held);
        world.clinic().change("appointments", held, Map.of("CancelledDatetime", "some day"));
        awaitSending(main);
        world.makeDue(held);
        awaitSending(main);
        String other = world.appointment(world.patient(Map.of()), dueLater());
        awaitLines(other);
        world.makeDue(other);

        awaitSent(other);
        assertThat(world.lines(held)).containsEntry("day-before", "due");
    }
}
