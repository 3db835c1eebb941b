/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.sync.HistoryChecker.Nodes;
import io.github.camelclinicea.sync.HostileServer.Base;
import io.github.camelclinicea.sync.HostileServer.End;
import io.github.camelclinicea.sync.HostileServer.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests how the number of the first page is found. A start at 1 on a list that counts from 0 would silently lose a
 * page.
 */
class PageBaseTest {
    private static final Instant SINCE = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);

    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();

    private ChangeSync sync(HostileServer server, boolean certain) {
        TestRepository repository = new TestRepository(() -> {});
        PageSource pages = (since, number, listener) -> {
            asked.add(number);
            if (refused.contains(number)) {
                throw new PageRefusedException(new IllegalStateException("400"), true);
            }
            return server.fetch(since, number, listener);
        };
        SyncSettings settings = new SyncSettings("s", Duration.ofMinutes(5), 1, 0, certain, 5, 100, 4, 0);
        ChangeSync sync = new ChangeSync(
                pages, repository.new Connection(), settings, Runnable::run, server.localClock(), null, 0);
        sync.start(SINCE);
        return sync;
    }

    private HostileServer server(Base base) {
        HostileServer server = new HostileServer(Traits.friendly().with(base, End.EMPTY), time, 1);
        server.populate(12, Duration.ofDays(9));
        return server;
    }

    private DeliveryLog route(HostileServer server) {
        HistoryChecker checker = new HistoryChecker(server, time, Nodes.ONE, true);
        return new DeliveryLog("node", checker, null, false, true, () -> {});
    }

    @Test
    void given_a_server_that_refuses_page_0_when_polled_then_pages_start_at_1_once_two_polls_found_so()
            throws Exception {
        HostileServer server = server(Base.ONE);
        DeliveryLog route = route(server);
        ChangeSync sync = sync(server, false);

        assertThat(sync.poll(route).delivered()).isEqualTo(12);
        assertThat(asked).as("page 0 twice, then the list from 1").startsWith(0, 1, 0, 1, 2, 3, 4);
        assertThat(sync.since()).as("until a second poll finds the same").isEqualTo(SINCE);
        sync.poll(route);
        assertThat(sync.since()).isAfter(SINCE);
        asked.clear();
        time.pass(Duration.ofMinutes(10).toMillis());
        sync.poll(route);

        assertThat(asked).containsExactly(1);
    }

    @Test
    void given_a_server_that_takes_0_for_1_when_polled_then_the_page_that_comes_twice_is_absorbed() throws Exception {
        HostileServer server = server(Base.ONE_FOR_ZERO);
        DeliveryLog route = route(server);

        assertThat(sync(server, false).poll(route).delivered()).isEqualTo(12);
        assertThat(route.delivered()).doesNotHaveDuplicates();
    }

    @Test
    void given_page_1_is_refused_too_when_the_server_is_well_again_then_no_page_is_left_out() throws Exception {
        HostileServer server = server(Base.ZERO);
        DeliveryLog route = route(server);
        ChangeSync sync = sync(server, false);
        refused.addAll(List.of(0, 1));
        assertThatThrownBy(() -> sync.poll(route)).hasMessage("400").isInstanceOf(IllegalStateException.class);
        refused.clear();

        assertThat(sync.poll(route).delivered()).isEqualTo(12);
    }

    @Test
    void given_page_0_was_taken_before_when_it_is_refused_once_then_the_poll_fails_and_no_page_is_left_out()
            throws Exception {
        HostileServer server = server(Base.ZERO);
        DeliveryLog route = route(server);
        ChangeSync sync = sync(server, false);
        sync.poll(route);
        server.edit(3);
        server.pass(1_000);
        refused.add(0);
        assertThatThrownBy(() -> sync.poll(route)).hasMessage("400");
        refused.clear();

        assertThat(sync.poll(route).delivered()).isEqualTo(1);
        assertThat(route.delivered()).endsWith("3:12");
    }

    @Test
    void given_the_first_page_is_certain_when_it_is_refused_then_the_poll_fails() {
        HostileServer server = server(Base.ONE);
        ChangeSync sync = sync(server, true);

        assertThatThrownBy(() -> sync.poll(route(server))).hasMessage("pages are counted from 1");
        assertThat(asked).containsExactly(0);
    }
}
