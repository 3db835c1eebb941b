package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.crash.HttpClinic.Arrival;
import io.github.camelclinicea.crash.HttpClinic.Version;
import io.github.camelclinicea.sync.SyncKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two processes that poll the same list with the same state, which nobody should do and somebody will. */
class TwoNodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DELAY_MILLIS = 200;
    private static final int PAUSES = Integer.getInteger("crash.pauses", 2);

    @Test
    void given_two_nodes_when_one_is_paused_for_longer_than_a_poll_then_nothing_is_lost() throws Exception {
        try (Databases database = Databases.postgres();
                HttpClinic clinic = new HttpClinic(1);
                Child one = Child.start("one", clinic.baseUrl(), database.jdbcUrl(), DELAY_MILLIS, "none");
                Child two = Child.start("two", clinic.baseUrl(), database.jdbcUrl(), DELAY_MILLIS, "none")) {
            clinic.add(600);
            await().atMost(PATIENCE).until(clinic::allArrived);
            for (int pause = 0; pause < PAUSES; pause++) {
                clinic.change(150);
                int arrived = clinic.arrivalCount();
                await().atMost(PATIENCE).until(() -> clinic.arrivalCount() > arrived + 20);
                one.pause();
                // The other node goes on for several polls, and what the first one holds in its hands grows old.
                clinic.change(150);
                await().atMost(PATIENCE).until(clinic::allArrivedOnce);
                clinic.change(50);
                await().atMost(PATIENCE).until(clinic::allArrivedOnce);
                awaitPolls(clinic, 4);
                clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, database.keys()));
                one.resume();
                awaitPolls(clinic, 6);
                clinic.assertCheckpointIsTrue(SyncKeys.checkpoint(HttpClinic.SYNC_ID, database.keys()));
            }
            clinic.change(20);
            await().atMost(PATIENCE).until(clinic::allArrived);
            awaitPolls(clinic, 8);

            assertThat(one.alive()).isTrue();
            assertThat(two.alive()).isTrue();
            assertThat(clinic.lastArrived())
                    .as("the version of each patient that arrived last")
                    .isEqualTo(clinic.current().stream().collect(Collectors.toMap(Version::id, Version::number)));
            assertEachNodeKeepsTheOrder(clinic);
        }
    }

    private static void awaitPolls(HttpClinic clinic, int polls) {
        long until = clinic.listRequests() + 3L * polls;
        await().atMost(PATIENCE).until(() -> clinic.listRequests() >= until);
    }

    private static void assertEachNodeKeepsTheOrder(HttpClinic clinic) {
        Map<String, Integer> newest = new HashMap<>();
        for (Arrival arrival : clinic.arrivals()) {
            String patient = arrival.node() + " " + arrival.id();
            assertThat(arrival.number())
                    .as("an old version of %s after a newer one", patient)
                    .isGreaterThanOrEqualTo(newest.getOrDefault(patient, 0));
            newest.put(patient, arrival.number());
        }
    }
}
