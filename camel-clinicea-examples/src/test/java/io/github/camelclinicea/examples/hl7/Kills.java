/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static io.github.camelclinicea.examples.hl7.Hospital.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.model.Message;
import io.github.camelclinicea.examples.process.ApplicationProcess;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Changes a clinic at random, kills the gateway at random, and compares the receiver with the clinic at the end. */
final class Kills {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final long seed;
    private final Random random;
    private String database;

    Kills(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * Runs it.
     *
     * @param kills how often the process is killed
     */
    void run(int kills) throws Exception {
        try (CliniceaSandbox sandbox = CliniceaSandbox.builder()
                        .patients(15)
                        .appointments(20)
                        .bills(0)
                        .start();
                EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Hospital hospital = Hospital.open()) {
            database = postgres.getJdbcUrl("postgres", "postgres");
            for (int i = 0; i < kills; i++) {
                try (ApplicationProcess gateway = start(sandbox, hospital)) {
                    killAfterSomeMessages(gateway, sandbox.clinic(), hospital, i % 2 == 0);
                }
                change(sandbox.clinic());
            }
            hospital.answer(message -> AcknowledgmentCode.AA);
            try (ApplicationProcess gateway = start(sandbox, hospital)) {
                await("seed " + seed).atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(hospital.wrong()).isEmpty();
                    assertThat(patients(hospital)).isEqualTo(patients(sandbox.clinic()));
                    assertThat(appointments(hospital)).isEqualTo(appointments(sandbox.clinic()));
                });
                gateway.stop();
                assertThat(gateway.output()).doesNotContain("Sandbox-00").doesNotContain("PID|");
            }
            assertRepeatsAreTheSame(hospital);
            assertThat(hospital.received()).anyMatch(Hospital.Received::repeated);
        }
    }

    /**
     * Kills the process.
     *
     * @param unanswered whether the receiver has a message then and has sent no response; otherwise at any moment
     */
    private void killAfterSomeMessages(
            ApplicationProcess gateway, Clinic clinic, Hospital hospital, boolean unanswered) {
        AtomicInteger messages = new AtomicInteger(1 + random.nextInt(20));
        hospital.answer(message -> {
            if (messages.decrementAndGet() == 0 && unanswered) {
                gateway.kill();
                return AcknowledgmentCode.AA;
            }
            LockSupport.parkNanos(random.nextInt(20) * 1_000_000L);
            return random.nextInt(10) == 0 ? AcknowledgmentCode.AE : AcknowledgmentCode.AA;
        });
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            change(clinic);
            return messages.get() <= 0;
        });
        gateway.kill();
    }

    private ApplicationProcess start(CliniceaSandbox sandbox, Hospital hospital) throws Exception {
        return ApplicationProcess.start(
                Hl7Application.class,
                folder.resolve("output"),
                Gateway.properties(
                        sandbox,
                        hospital.port(),
                        Hospital.freePort(),
                        database,
                        Map.of("hl7.delay", "20", "clinicea.zone", "Europe/Berlin")));
    }

    private void change(Clinic clinic) {
        if (clinic.ids("patients").size() < 10 || clinic.ids("appointments").size() < 10) {
            clinic.add("patients");
            clinic.add("appointments");
        }
        List<String> patients = clinic.ids("patients");
        List<String> appointments = clinic.ids("appointments");
        String patient = patients.get(random.nextInt(patients.size()));
        String appointment = appointments.get(random.nextInt(appointments.size()));
        switch (random.nextInt(12)) {
            case 0 -> clinic.add("patients");
            case 1 -> clinic.add("appointments");
            case 2 -> clinic.delete("patients", patient);
            case 3 -> clinic.delete("appointments", appointment);
            case 4 -> clinic.change("appointments", appointment, Map.of("CancelledDatetime", "2031-01-01T10:00:00"));
            case 5 -> clinic.change("appointments", appointment, Map.of("CancelledDatetime", "0001-01-01T00:00:00"));
            case 6, 7 -> clinic.change("appointments", appointment, Map.of("StartDateTime", time()));
            case 8 -> clinic.change("appointments", appointment, Map.of("StaffName", "Staff " + random.nextInt(9)));
            default -> clinic.change("patients", patient, Map.of("City", "Ä" + random.nextInt(1_000)));
        }
    }

    private String time() {
        return "2031-03-" + (10 + random.nextInt(20)) + "T09:" + (10 + random.nextInt(49)) + ":00";
    }

    private static Map<String, String> patients(Clinic clinic) {
        return clinic.rows("patients").stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("PatientID"),
                        row -> (String) row.get("City"),
                        (a, b) -> b,
                        TreeMap::new));
    }

    private static Map<String, String> patients(Hospital hospital) {
        return state(hospital.records("ADT"), "/PID-11-3");
    }

    private static Map<String, String> appointments(Clinic clinic) {
        return clinic.rows("appointments").stream()
                .filter(row -> row.get("CancelledDatetime").equals("0001-01-01T00:00:00"))
                .collect(Collectors.toMap(
                        row -> (String) row.get("ID"),
                        row -> ((String) row.get("StartDateTime")).replaceAll("[-T:]", ""),
                        (a, b) -> b,
                        TreeMap::new));
    }

    private static Map<String, String> appointments(Hospital hospital) {
        Map<String, String> state = state(hospital.records("SIU"), "/SCH-11-4");
        state.replaceAll((record, time) -> time.substring(0, 14));
        return state;
    }

    private static Map<String, String> state(Map<String, Message> records, String path) {
        Map<String, String> state = new TreeMap<>();
        records.forEach((record, message) -> state.put(record, get(message, path)));
        return state;
    }

    private static void assertRepeatsAreTheSame(Hospital hospital) {
        Map<String, List<Hospital.Received>> byId =
                hospital.received().stream().collect(Collectors.groupingBy(Hospital.Received::controlId));
        assertThat(byId.values()).allSatisfy(same -> {
            assertThat(same.stream().map(Hospital.Received::event).distinct()).hasSize(1);
            assertThat(same.stream().map(Hospital.Received::record).distinct()).hasSize(1);
        });
    }
}
