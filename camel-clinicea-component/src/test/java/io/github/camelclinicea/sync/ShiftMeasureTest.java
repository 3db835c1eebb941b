/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.sync.HostileServer.Base;
import io.github.camelclinicea.sync.HostileServer.End;
import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Time;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.HostileServer.Version;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Repeats the measurement behind the contract: 6,000 rows, 20 changes a second, committed up to 2 s late, 100 rows a
 * page. The sync loses no row in any order of the list. With random ties, this needs polls that are more frequent than
 * the overlap. The same reading and overlap without passes lose rows.
 */
class ShiftMeasureTest {
    private static final int ROWS = 6_000;
    private static final int CHANGES_A_SECOND = 20;
    private static final int SECONDS_BETWEEN_POLLS = 60;
    private static final int POLLS = 3;
    private static final int QUIET_POLLS = 4;
    private static final int OVERLAP = 300;

    private static Traits traits(Order order, int pagesInFlight) {
        return new Traits(
                order,
                true,
                Base.ZERO,
                End.EMPTY,
                100,
                -1,
                2_000,
                true,
                CHANGES_A_SECOND,
                48 / pagesInFlight,
                1,
                false,
                Time.RIGHT,
                Time.RIGHT,
                true,
                true,
                false,
                Lies.NONE);
    }

    private static void passChanging(HostileServer server) {
        for (int second = 0; second < SECONDS_BETWEEN_POLLS; second++) {
            for (int change = 0; change < CHANGES_A_SECOND; change++) {
                server.change();
                server.pass(1_000 / CHANGES_A_SECOND);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void given_one_page_at_a_time_when_the_list_drifts_then_none_is_lost(Order order) {
        assertThat(lostBySync(order, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void given_8_pages_at_a_time_when_the_list_drifts_then_none_is_lost(Order order) {
        assertThat(lostBySync(order, 8)).isEmpty();
    }

    private static List<Version> lostBySync(Order order, int pagesInFlight) {
        SyncWorld world =
                new SyncWorld(Setup.of(traits(order, pagesInFlight), ROWS).pagesInFlight(pagesInFlight));
        for (int poll = 0; poll < POLLS; poll++) {
            world.node().pollQuietly();
            passChanging(world.server);
        }
        world.server.stopChanging();
        for (int quiet = 0; quiet < QUIET_POLLS; quiet++) {
            world.server.pass(SECONDS_BETWEEN_POLLS * 1_000);
            world.node().pollQuietly();
        }
        world.settleAndCheck();
        return world.checker.lost();
    }

    @Test
    void given_no_passes_when_the_list_drifts_then_rows_are_lost() {
        Map<Order, Integer> lost = new EnumMap<>(Order.class);
        for (Order order : List.of(Order.MODIFIED, Order.TIES)) {
            for (int seed = 0; seed < 3; seed++) {
                lost.merge(order, lostWithoutPasses(order, seed), Integer::sum);
            }
        }

        assertThat(lost).allSatisfy((order, rows) -> assertThat(rows).isPositive());
    }

    private static int lostWithoutPasses(Order order, long seed) {
        HostileServer server = new HostileServer(traits(order, 1), new VirtualTime(), seed);
        server.populate(ROWS, SyncWorld.OLDEST.minusHours(1));
        Set<String> delivered = new HashSet<>();
        Instant since = VirtualTime.BEGIN.minus(SyncWorld.OLDEST);
        for (int poll = 0; poll < POLLS; poll++) {
            since = sweep(server, since, delivered);
            passChanging(server);
        }
        server.stopChanging();
        for (int quiet = 0; quiet < QUIET_POLLS; quiet++) {
            server.pass(SECONDS_BETWEEN_POLLS * 1_000);
            since = sweep(server, since, delivered);
        }
        return (int) server.history().stream()
                .map(history -> history.get(history.size() - 1))
                .filter(latest -> !delivered.contains(latest.key()))
                .count();
    }

    private static Instant sweep(HostileServer server, Instant since, Set<String> delivered) {
        Instant first = null;
        for (int number = 0; ; number++) {
            Page page;
            try {
                page = server.fetch(since, number, RequestListener.NONE);
            } catch (PageRefusedException e) {
                throw new AssertionError(e);
            }
            first = first == null ? page.serverTime() : first;
            if (page.isEmpty()) {
                return first.minusSeconds(1).minus(Duration.ofSeconds(OVERLAP));
            }
            page.rows().forEach(row -> delivered.add(new String(row.content(), StandardCharsets.UTF_8)));
        }
    }
}
