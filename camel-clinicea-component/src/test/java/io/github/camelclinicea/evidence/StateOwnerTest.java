/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.LONG_AGO;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateOwnerTest extends EvidenceTestBase {
    private final ChangeListServer otherServer = new ChangeListServer();
    private final List<ListedRow> rows = patients(0, 30, LONG_AGO);

    @AfterEach
    void closeOther() {
        otherServer.close();
    }

    private void runFirst(String options) throws Exception {
        server.add(rows);
        route.start("patients", options);
        route.awaitCaughtUp(3, rows);
        route.assertDeliveredOnce(rows);
    }

    private static void assertRefused(Throwable refusal) {
        assertThat(refusal).isNotNull();
        assertThat(SyncRoute.messages(refusal)).contains("syncId", "resetSync");
    }

    @Test
    void given_the_state_of_another_server_then_the_start_is_refused() throws Exception {
        runFirst("");
        otherServer.add(rows);

        SyncRoute refused = restarted();

        assertRefused(catchThrowable(() -> refused.start("patients", "baseUrl=" + otherServer.baseUrl())));
    }

    @Test
    void given_the_state_of_another_server_whose_sync_runs_then_the_start_is_refused() throws Exception {
        runFirst("");
        otherServer.add(rows);

        try (SyncRoute second = new SyncRoute(otherServer, state)) {
            assertRefused(catchThrowable(() -> second.start("patients", "")));
        }
    }

    @ParameterizedTest
    @CsvSource({"bills, ''", "leads, ''", "patients, &path=/api/v9/patients"})
    void given_the_state_of_another_list_then_the_start_is_refused(String resource, String options) throws Exception {
        runFirst("syncId=clinic");

        SyncRoute refused = restarted();

        assertRefused(catchThrowable(() -> refused.start(resource, "syncId=clinic" + options)));
    }

    @Test
    void given_a_start_that_was_refused_when_the_first_sync_is_started_again_then_it_goes_on() throws Exception {
        runFirst("syncId=clinic");
        SyncRoute refused = restarted();
        assertRefused(catchThrowable(() -> refused.start("leads", "syncId=clinic")));

        server.add(patients(30, 2, server.now()));
        restarted().start("patients", "syncId=clinic");
        route.awaitWithin(3, () -> route.delivered().size() == 2);

        assertThat(route.ids()).containsExactly("p30", "p31");
    }

    @Test
    void given_the_same_endpoint_then_it_starts_and_goes_on() throws Exception {
        runFirst("");

        server.add(patients(30, 2, server.now()));
        restarted().start("patients", "delay=60&overlap=10m");
        route.awaitWithin(3, () -> route.delivered().size() == 2);

        assertThat(route.ids()).containsExactly("p30", "p31");
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_another_syncId_in_the_same_repository_then_it_starts_and_gets_everything() throws Exception {
        runFirst("syncId=one");
        otherServer.add(rows);

        try (SyncRoute second = new SyncRoute(otherServer, state)) {
            second.start("patients", "syncId=two");
            second.awaitCaughtUp(3, rows);
            second.assertDeliveredOnce(rows);
        }
    }

    @Test
    void given_another_key_then_it_starts_with_a_warning_that_does_not_come_again() throws Exception {
        runFirst("");
        server.add(patients(30, 2, server.now()));

        restarted().start("patients", "apiKey=another-key");
        route.awaitWithin(3, () -> route.delivered().size() == 2);

        assertThat(route.ids()).containsExactly("p30", "p31");
        assertThat(warnings.messages())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .containsPattern("(?i)credential|key|account")
                        .doesNotContain("another-key"));
        restarted().start("patients", "apiKey=another-key");
        route.awaitPolls(2);
        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_more_statuses_than_before_then_it_starts_with_a_warning_that_does_not_come_again() throws Exception {
        runFirst("statuses=Modified");
        server.add(patients(30, 2, server.now()));

        restarted().start("patients", "statuses=Modified,Deleted");
        route.awaitWithin(3, () -> route.delivered().size() == 2);

        assertThat(route.ids()).contains("p30", "p31");
        assertThat(warnings.messages())
                .singleElement()
                .satisfies(message -> assertThat(message).contains("statuses"));
        restarted().start("patients", "statuses=Deleted,Modified");
        route.awaitPolls(2);
        assertThat(warnings.messages()).hasSize(1);
    }

    @Test
    void given_the_state_of_an_older_release_then_it_starts_and_goes_on() throws Exception {
        state.writeCheckpoint("patients", LONG_AGO.plusSeconds(3600));
        server.add(rows).add(patients(30, 2, server.now()));

        route.start("patients", "");
        route.awaitWithin(3, () -> route.delivered().size() == 2);

        assertThat(route.ids()).containsExactly("p30", "p31");
    }
}
