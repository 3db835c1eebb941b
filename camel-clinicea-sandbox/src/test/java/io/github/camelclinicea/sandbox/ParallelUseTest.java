/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ParallelUseTest {
    private static final int READERS = 8;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(1_000));

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS + 2);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void givenChangesAllTheWhile_whenEightClientsPage_thenEveryPageIsWholeAndInOrder() throws Exception {
        AtomicBoolean reading = new AtomicBoolean(true);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int w = 0; w < 2; w++) {
            writers.add(threads.submit(() -> changeWhile(reading)));
        }
        List<Callable<Boolean>> readers = new ArrayList<>();
        for (int r = 0; r < READERS; r++) {
            readers.add(() -> {
                for (int sweep = 0; sweep < 5; sweep++) {
                    var pages = new Caller(clinicea.sandbox()).pagesOfPatients(Caller.EVER);
                    assertThat(pages.subList(0, pages.size() - 1))
                            .allSatisfy(page -> assertThat(page).hasSize(100));
                    assertThat(pages)
                            .allSatisfy(page -> assertThat(Caller.column(page, "ModifiedDatetime"))
                                    .isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString())));
                }
                return true;
            });
        }
        for (Future<Boolean> reader : threads.invokeAll(readers)) {
            assertThat(reader.get()).isTrue();
        }
        reading.set(false);
        int changes = 0;
        for (Future<Integer> writer : writers) {
            changes += writer.get();
        }
        assertThat(changes).isPositive();
        Set<Object> served = new HashSet<>();
        new Caller(clinicea.sandbox())
                .pagesOfPatients(Caller.EVER)
                .forEach(page -> served.addAll(Caller.column(page, "PatientID")));
        assertThat(served).containsAll(clinicea.clinic().ids("patients"));
    }

    private int changeWhile(AtomicBoolean reading) {
        Clinic clinic = clinicea.clinic();
        int changes = 0;
        while (reading.get()) {
            String id = (String) clinic.add("patients").get("PatientID");
            clinic.change("patients", id);
            if (changes++ % 2 == 0) {
                clinic.delete("patients", id);
            }
            if (changes >= 2_000) {
                return changes;
            }
        }
        return changes;
    }
}
