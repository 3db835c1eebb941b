/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.catalog.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClinicTest {
    private static final String START = "2026-03-01T12:00:00Z";

    private final SteppingClock clock = new SteppingClock(START);

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().clock(clock));

    @Test
    void givenTheDefaults_whenStarted_thenTheClinicHasSomeOfEverything() {
        Clinic clinic = clinicea.clinic();
        assertThat(clinic.resources()).containsAll(Catalogue.shipped().names()).contains("tasks");
        assertThat(clinic.ids("patients")).hasSize(250);
        assertThat(clinic.ids("appointments")).hasSize(500);
        assertThat(clinic.ids("bills")).hasSize(100);
        assertThat(clinic.resources())
                .allSatisfy(name -> assertThat(clinic.ids(name))
                        .isNotEmpty()
                        .doesNotHaveDuplicates()
                        .allSatisfy(id -> assertThat(id)
                                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
    }

    @Test
    void givenOtherRows_whenTheyReferToAPatient_thenThePatientExists() {
        Clinic clinic = clinicea.clinic();
        List<String> patients = clinic.ids("patients");
        for (String resource : List.of("appointments", "bills", "payments", "visits", "documents", "patientPackages")) {
            assertThat(clinic.rows(resource))
                    .allSatisfy(row -> assertThat(patients).contains((String) row.get("PatientID")));
        }
    }

    @Test
    void givenAnAddedRow_whenRead_thenGivenFieldsAreKeptAndTheOthersInvented() {
        Map<String, Object> given = new HashMap<>();
        given.put("FirstName", "Zoë");
        given.put("Email", null);
        given.put("Own", List.of(Map.of("a", 1)));
        given.put("ModifiedDatetime", "1999-01-01T00:00:00");
        Map<String, Object> row = clinicea.clinic().add("patients", given);
        assertThat(row)
                .containsEntry("FirstName", "Zoë")
                .containsEntry("Email", null)
                .containsEntry("Own", given.get("Own"))
                .containsEntry("FileNo", "F-00251")
                .containsEntry("CreatedDatetime", "2026-03-01T12:00:00")
                .containsEntry("ModifiedDatetime", "2026-03-01T12:00:00");
        assertThat(clinicea.clinic().row("patients", (String) row.get("PatientID")))
                .contains(row);
    }

    @Test
    void givenAChange_whenMade_thenOnlyItsFieldsAndTheStampDiffer() {
        Clinic clinic = clinicea.clinic();
        String id = clinic.ids("patients").get(3);
        Map<String, Object> expected = clinic.row("patients", id).orElseThrow();
        clock.forward(Duration.ofMillis(1_500));
        clinic.change("patients", id, Map.of("City", "Elsewhere"));
        expected.put("City", "Elsewhere");
        expected.put("ModifiedDatetime", "2026-03-01T12:00:01");
        expected.put("DataStatusStr", "Modified");
        assertThat(clinic.row("patients", id)).contains(expected);
        assertThat(clinic.modified("patients", id)).contains(Instant.parse("2026-03-01T12:00:01.500Z"));
    }

    @Test
    void givenTwoInventedChanges_whenMade_thenEachDiffersFromTheLast() {
        Clinic clinic = clinicea.clinic();
        String id = clinic.ids("leads").get(0);
        assertThat(clinic.change("leads", id).get("Notes"))
                .isNotEqualTo(clinic.change("leads", id).get("Notes"));
    }

    @Test
    void givenADeletedRow_whenRead_thenItIsNotAmongThoseThere() {
        Clinic clinic = clinicea.clinic();
        String id = clinic.ids("patients").get(0);
        assertThat(clinic.delete("patients", id)).containsEntry("DataStatusStr", "Deleted");
        assertThat(clinic.row("patients", id)).isEmpty();
        assertThat(clinic.ids("patients")).hasSize(249).doesNotContain(id);
        assertThat(clinic.rows("patients")).hasSize(249);
        assertThat(clinic.modified("patients", id)).contains(Instant.parse(START));
    }

    @Test
    void givenADeletedBill_whenRead_thenItIsWithTheDeletedOnesUnderItsId() {
        Clinic clinic = clinicea.clinic();
        String id = clinic.ids("bills").get(0);
        assertThat(clinic.delete("bills", id)).containsEntry("ID", id);
        assertThat(clinic.ids("bills")).doesNotContain(id);
        assertThat(clinic.ids("deletedBills")).contains(id);
    }

    @Test
    void givenARow_whenTheCallerAltersWhatItGaveOrGot_thenTheClinicIsUntouched() {
        Clinic clinic = clinicea.clinic();
        List<Object> tags = new ArrayList<>(List.of("one"));
        Map<String, Object> row = clinic.add("patients", Map.of("PatientID", "p", "Tags", tags));
        tags.add("two");
        row.put("FirstName", "altered");
        clinic.rows("bills").forEach(bill -> ((List<?>) bill.get("Items")).clear());
        assertThat(clinic.row("patients", "p").orElseThrow())
                .containsEntry("Tags", List.of("one"))
                .doesNotContainEntry("FirstName", "altered");
        assertThat(clinic.rows("bills"))
                .allSatisfy(bill -> assertThat((List<?>) bill.get("Items")).isNotEmpty());
    }

    static Stream<Consumer<Clinic>> callsOnNoRow() {
        return Stream.of(
                clinic -> clinic.change("patients", "none"),
                clinic -> clinic.change("patients", "none", Map.of()),
                clinic -> clinic.delete("patients", "none"),
                clinic -> deletedTwice(clinic));
    }

    @ParameterizedTest
    @MethodSource("callsOnNoRow")
    void givenNoSuchRow_whenChangedOrDeleted_thenItFails(Consumer<Clinic> call) {
        Clinic clinic = clinicea.clinic();
        assertThatThrownBy(() -> call.accept(clinic))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("patients");
    }

    @Test
    void givenNoSuchResource_whenAsked_thenTheMessageNamesThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clinicea.clinic().rows("patient"))
                .withMessageContaining("patients");
    }

    @Test
    void givenAValueThatJsonHasNot_whenAdded_thenItFailsAndNothingIsStored() {
        int before = clinicea.clinic().ids("patients").size();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clinicea.clinic().add("patients", Map.of("When", clock.instant())))
                .withMessageContaining("When");
        assertThat(clinicea.clinic().ids("patients")).hasSize(before);
    }

    @Test
    void givenASeed_whenStartedAgain_thenEverythingIsTheSameAndAnotherSeedIsNot() {
        try (CliniceaSandbox again = CliniceaSandbox.builder()
                        .clock(new SteppingClock(START))
                        .start();
                CliniceaSandbox other = CliniceaSandbox.builder()
                        .clock(new SteppingClock(START))
                        .seed(2)
                        .start()) {
            assertThat(again.apiKey()).isEqualTo(clinicea.apiKey()).isNotEqualTo(other.apiKey());
            for (String resource : clinicea.clinic().resources()) {
                assertThat(again.clinic().rows(resource))
                        .isEqualTo(clinicea.clinic().rows(resource));
                assertThat(other.clinic().ids(resource))
                        .doesNotContainAnyElementsOf(clinicea.clinic().ids(resource));
            }
            assertThat(again.clinic().add("patients"))
                    .isEqualTo(clinicea.clinic().add("patients"));
        }
    }

    @Test
    void givenALargeClinic_whenStarted_thenItBeginsWithTheSmallOne() {
        try (CliniceaSandbox large = CliniceaSandbox.builder()
                .patients(2_500)
                .appointments(5_000)
                .bills(1_000)
                .start()) {
            assertThat(new HashSet<>(large.clinic().ids("patients"))).hasSize(2_500);
            assertThat(large.clinic().ids("patients"))
                    .startsWith(clinicea.clinic().ids("patients").toArray(String[]::new));
        }
    }

    @Test
    void givenAnEmptyClinic_whenStarted_thenItServesAndStillTakesRows() {
        try (CliniceaSandbox empty =
                CliniceaSandbox.builder().patients(0).appointments(0).bills(0).start()) {
            assertThat(new Caller(empty).pagesOfPatients(Caller.EVER)).isEmpty();
            assertThat(empty.clinic().add("appointments")).containsEntry("PatientID", null);
            empty.clinic().add("patients");
            assertThat(new Caller(empty).pagesOfPatients(Caller.EVER)).hasSize(1);
        }
    }

    private static void deletedTwice(Clinic clinic) {
        String id = clinic.ids("patients").get(0);
        clinic.delete("patients", id);
        clinic.delete("patients", id);
    }
}
