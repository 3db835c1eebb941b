/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClinicActivityTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void givenManyChangesAMinute_whenStarted_thenRowsAreAddedChangedAndDeleted() {
        Clinic clinic = clinicea.clinic();
        Set<String> before = new HashSet<>(clinic.ids("patients"));
        ClinicActivity activity = ClinicActivity.start(clinic, ClinicActivity.MOST_PER_MINUTE, 1);
        try {
            boolean added = false;
            boolean changed = false;
            boolean deleted = false;
            while (!added || !changed || !deleted) {
                Set<String> now = new HashSet<>(clinic.ids("patients"));
                added |= !before.containsAll(now);
                deleted |= !now.containsAll(before);
                changed |= clinic.rows("patients").stream()
                        .map(row -> row.get(Fields.NOTES))
                        .anyMatch(notes -> notes instanceof String text && text.startsWith("Sandbox change "));
                Thread.onSpinWait();
            }
        } finally {
            activity.close();
        }
    }

    @Test
    void givenAnActivity_whenClosed_thenNothingChangesAnyMore() throws Exception {
        Clinic clinic = clinicea.clinic();
        ClinicActivity activity = ClinicActivity.start(clinic, ClinicActivity.MOST_PER_MINUTE, 1);
        Thread worker = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("clinic-activity"))
                .findFirst()
                .orElseThrow();

        activity.close();
        worker.join();

        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void givenNoChangesAMinute_whenStarted_thenNoThreadWorks() {
        ClinicActivity.start(clinicea.clinic(), 0, 1).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("clinic-activity"));
    }

    @Test
    void givenAnEmptyClinic_whenStarted_thenRowsAreAdded() {
        try (CliniceaSandbox empty =
                CliniceaSandbox.builder().patients(0).appointments(0).bills(0).start()) {
            ClinicActivity activity = ClinicActivity.start(empty.clinic(), 6_000, 1);
            while (empty.clinic().ids("patients").isEmpty()) {
                Thread.onSpinWait();
            }
            activity.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_001})
    void givenARateThatIsOutOfRange_whenStarted_thenItIsRefused(int perMinute) {
        Clinic clinic = clinicea.clinic();
        assertThatThrownBy(() -> ClinicActivity.start(clinic, perMinute, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 60000");
    }
}
