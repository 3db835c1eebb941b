/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.examples.hl7.HostileReceiver.Behaviour;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnansweredMessagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final CliniceaSandboxExtension CLINICEA = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(1).appointments(0).bills(0));

    private static HostileReceiver receiver;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        receiver = new HostileReceiver();
        gateway = Gateway.start(CLINICEA.sandbox(), receiver.port(), "unanswered", Map.of("hl7.ack-timeout", "250"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        receiver.close();
    }

    private static List<String> messages(String record) {
        return receiver.received().stream()
                .filter(message -> HostileReceiver.field(message, "PID-3").equals(record))
                .toList();
    }

    private static List<String> events(String record) {
        return messages(record).stream()
                .map(message -> HostileReceiver.field(message, "MSH-9-2"))
                .toList();
    }

    private static String add(Behaviour behaviour) {
        receiver.behave(behaviour);
        return (String) CLINICEA.clinic().add("patients").get("PatientID");
    }

    private static int acknowledged(String record) {
        return gateway.jdbc()
                .queryForObject("SELECT COUNT(*) FROM hl7_sent WHERE record_id = ?", Integer.class, record);
    }

    private static int pending(String record) {
        return gateway.jdbc()
                .queryForObject("SELECT COUNT(*) FROM hl7_pending WHERE record_id = ?", Integer.class, record);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AA", "CA"})
    void given_an_answer_that_is_none_when_received_then_the_row_is_held_and_comes_again_with_its_control_id(
            Behaviour behaviour) {
        String record = add(behaviour);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(messages(record)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(gateway.held("patients")).containsExactly(record);
        });
        assertThat(acknowledged(record)).isZero();

        receiver.behave(Behaviour.AA);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(acknowledged(record)).isOne();
            assertThat(pending(record)).isZero();
            assertThat(gateway.held("patients")).isEmpty();
        });
        assertThat(messages(record).stream()
                        .map(message -> HostileReceiver.field(message, "MSH-10"))
                        .distinct())
                .hasSize(1);
        if (behaviour.isMaybeTaken()) {
            assertThat(messages(record).stream().distinct()).hasSize(1);
        }
    }

    @Test
    void given_a_commit_acknowledgement_when_received_then_the_row_is_delivered() {
        String record = add(Behaviour.CA);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged(record)).isOne());
        assertThat(messages(record)).hasSize(1);
    }

    @Test
    void given_a_message_without_an_answer_when_the_record_changes_then_it_is_repeated_before_the_next_one() {
        String record = add(Behaviour.CLOSED);
        await().atMost(PATIENCE).until(() -> !messages(record).isEmpty());
        CLINICEA.clinic().change("patients", record, Map.of("City", "Örnekköy"));
        int before = messages(record).size();
        await().atMost(PATIENCE).until(() -> messages(record).size() > before + 1);
        assertThat(messages(record).stream().distinct()).hasSize(1);

        receiver.behave(Behaviour.AA);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(record)).endsWith("A04", "A08"));
        assertThat(messages(record).stream().distinct()).hasSize(2);
    }

    @Test
    void given_a_message_without_an_answer_when_the_record_is_deleted_then_the_receiver_hears_of_it() {
        String record = add(Behaviour.SILENCE);
        await().atMost(PATIENCE).until(() -> !messages(record).isEmpty());
        CLINICEA.clinic().delete("patients", record);

        receiver.behave(Behaviour.AA);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(record)).endsWith("A04", "A29"));
    }

    @Test
    void given_a_refused_message_when_the_record_is_deleted_then_nothing_more_is_sent() {
        String record = add(Behaviour.AE);
        await().atMost(PATIENCE).until(() -> !messages(record).isEmpty());
        CLINICEA.clinic().delete("patients", record);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.held("patients")).isEmpty());
        assertThat(events(record)).containsOnly("A04");
        assertThat(pending(record)).isZero();
    }

    @Test
    void given_a_repeat_that_is_refused_when_the_record_is_deleted_then_the_receiver_hears_of_it_in_the_end() {
        // It has taken the message the first time, and refuses the repeat.
        String record = add(Behaviour.CLOSED);
        await().atMost(PATIENCE).until(() -> !messages(record).isEmpty());
        receiver.behave(Behaviour.AE);
        CLINICEA.clinic().delete("patients", record);
        int before = messages(record).size();
        await().atMost(PATIENCE).until(() -> messages(record).size() > before + 2);

        receiver.behave(Behaviour.AA);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(record)).endsWith("A04", "A29"));
    }

    @Test
    void given_a_version_of_which_the_ledger_knows_nothing_when_emitted_again_then_it_is_not_sent_again() {
        String record = add(Behaviour.AA);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged(record)).isOne());
        int before = receiver.received().size();

        // What a crash leaves between the answer and the ledger.
        gateway.reset("patients");
        String next = add(Behaviour.AA);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged(next)).isOne());

        assertThat(receiver.received()).hasSize(before + 1);
    }

    @Test
    void given_a_row_that_cannot_be_used_when_the_clinic_corrects_it_then_it_is_sent() {
        receiver.behave(Behaviour.AA);
        Map<String, Object> nameless = new HashMap<>();
        nameless.put("FirstName", null);
        nameless.put("LastName", null);
        nameless.put("FullName", " ");
        String record = (String) CLINICEA.clinic().add("patients", nameless).get("PatientID");
        String next = add(Behaviour.AA);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(acknowledged(next)).isOne();
            assertThat(gateway.held("patients")).containsExactly(record);
        });
        assertThat(messages(record)).isEmpty();

        CLINICEA.clinic().change("patients", record, Map.of("LastName", "Sandbox-4711"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(record)).containsExactly("A04"));
    }
}
