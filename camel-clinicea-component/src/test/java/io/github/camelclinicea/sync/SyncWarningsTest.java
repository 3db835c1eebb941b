/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.PollResult.End;
import io.github.camelclinicea.testing.Warnings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests when the sync warns and when it must not. The list has twelve pages of five rows, and a poll runs each minute.
 */
class SyncWarningsTest {
    private static final Instant FROM = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);
    private static final int ROWS = 60;

    private final VirtualTime time = new VirtualTime();
    private final Warnings warnings = new Warnings(ChangeSync.class.getPackageName());
    private HostileServer server;
    private DeliveryLog route;
    private ChangeSync sync;
    private boolean sinceIgnored;
    private boolean wanted = true;

    @AfterEach
    void close() {
        warnings.close();
    }

    private void given(Traits traits) {
        given(traits, ROWS);
    }

    private void given(Traits traits, int rows) {
        server = new HostileServer(traits, time, 1);
        server.populate(rows, SyncWorld.OLDEST.minusHours(1));
        HistoryChecker checker = new HistoryChecker(server, time, Nodes.ONE, true);
        route = new DeliveryLog("node", checker, null, false, true, () -> {});
        sync = new ChangeSync(
                (since, number, listener) -> server.fetch(sinceIgnored ? FROM : since, number, listener),
                new TestRepository(() -> {}).new Connection(),
                new SyncSettings("s", Duration.ofMinutes(5), 1, 0, false, 5, 100, 4, 0),
                Runnable::run,
                server.localClock(),
                null,
                0);
        sync.start(FROM);
    }

    private RowSink sink() {
        return new RowSink() {
            @Override
            public boolean open() {
                return route.open();
            }

            @Override
            public boolean wants(Row row) {
                return wanted;
            }

            @Override
            public void deliver(Delivery delivery) {
                route.deliver(delivery);
            }
        };
    }

    private void poll(int times) throws Exception {
        for (int poll = 0; poll < times; poll++) {
            assertThat(sync.poll(sink()).end()).isEqualTo(End.CLEAN);
            server.pass(60_000);
        }
    }

    private void editAll() {
        for (int row = 0; row < ROWS; row++) {
            server.edit(row);
        }
    }

    @Test
    void given_no_Date_when_polled_again_and_again_then_there_is_one_warning_that_says_what_it_means()
            throws Exception {
        given(Traits.friendly().with(Time.NONE, Time.RIGHT));

        poll(10);

        assertThat(route.delivered()).hasSize(ROWS);
        assertThat(warnings.messages())
                .as("no word of the since-parameter, which cannot move")
                .singleElement()
                .asString()
                .contains("Sync s")
                .contains("no Date header")
                .contains(FROM.toString());
    }

    @Test
    void given_a_Date_when_polled_then_there_is_nothing_to_warn_of() throws Exception {
        given(Traits.friendly());

        poll(10);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_a_server_that_ignores_the_since_parameter_when_polled_then_there_is_one_warning_that_names_the_options()
            throws Exception {
        given(Traits.friendly());
        sinceIgnored = true;

        poll(10);
        server.edit(7);
        poll(10);

        assertThat(route.delivered()).hasSize(ROWS + 1);
        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("Sync s")
                .contains("syncParameter")
                .contains("timestampFormat");
    }

    @Test
    void given_a_server_that_ignores_the_since_parameter_of_a_short_list_when_polled_then_it_is_not_worth_a_word()
            throws Exception {
        given(Traits.friendly(), 20);
        sinceIgnored = true;

        poll(20);

        assertThat(server.requests())
                .as("4 full pages, the end twice and the page behind it, and the same as a probe where nothing moves")
                .isEqualTo(20 * 14);
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_many_rows_that_changed_at_once_when_the_overlap_shows_them_again_then_the_server_is_not_blamed()
            throws Exception {
        given(Traits.friendly());
        poll(1);
        editAll();

        poll(10);

        assertThat(route.delivered()).hasSize(2 * ROWS);
        assertThat(server.requests()).as("they were shown again and again").isGreaterThan(5 * 13);
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_many_rows_that_came_in_polls_that_were_not_clean_when_shown_again_then_the_server_is_not_blamed()
            throws Exception {
        given(Traits.friendly());
        poll(1);
        editAll();
        poll(3);
        server.pass(60_000);
        editAll();
        route.failOn("7:" + (2 * ROWS + 7), 1);
        assertThat(sync.poll(sink()).end()).isEqualTo(End.ROWS_FAILED);
        server.pass(60_000);

        poll(10);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_many_rows_that_the_user_does_not_want_when_shown_then_the_server_is_not_blamed() throws Exception {
        given(Traits.friendly());
        poll(10);
        editAll();
        wanted = false;

        poll(10);

        assertThat(route.delivered()).hasSize(ROWS);
        assertThat(warnings.messages()).isEmpty();
    }
}
