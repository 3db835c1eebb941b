/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import io.github.camelclinicea.sync.HostileServer.Order;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.sync.SyncWorld.Setup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that one change during the reading, at any place and time, loses no row. */
class ShiftingListTest {
    private static final int ROWS = 17;

    @ParameterizedTest
    @EnumSource(names = "TIES", mode = EnumSource.Mode.EXCLUDE)
    void given_pages_read_in_any_order_when_one_row_is_edited_then_no_other_is_lost(Order order) {
        for (int seed = 0; seed < 8; seed++) {
            for (int request = 2; request < 9; request++) {
                for (int edited = 0; edited < ROWS; edited += 2) {
                    oneEdit(Traits.friendly().with(order, 0), 5, seed, request, edited);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TIES", mode = EnumSource.Mode.EXCLUDE)
    void given_pages_read_in_any_order_when_rows_are_added_then_no_other_is_lost(Order order) {
        for (int seed = 0; seed < 40; seed++) {
            for (int request = 2; request < 9; request++) {
                SyncWorld world = new SyncWorld(Setup.of(Traits.friendly().with(order, 0), ROWS)
                        .pagesInFlight(5)
                        .seed(seed));
                world.server.beforeRequest(request, world.server::add);
                world.server.beforeRequest(request + 7, world.server::add);
                world.node().pollQuietly();
                world.settleAndCheck();
            }
        }
    }

    /**
     * A backward pass can miss the same rows as the forward reading. If rows move back, only a forward pass finds them.
     */
    @ParameterizedTest
    @EnumSource(names = {"ID", "MODIFIED"})
    void given_pages_read_in_any_order_when_the_backward_pass_drifts_too_then_none_is_lost(Order order) {
        for (int seed = 0; seed < 60; seed++) {
            for (int request = 3; request < 6; request++) {
                for (int later = 9; later < 15; later++) {
                    SyncWorld world = new SyncWorld(Setup.of(Traits.friendly().with(order, 0), ROWS)
                            .pagesInFlight(5)
                            .seed(seed));
                    world.server.beforeRequest(request, world.server::add);
                    world.server.beforeRequest(later, world.server::add);
                    world.server.beforeRequest(later + 6, world.server::add);
                    world.server.beforeRequest(later + 7, world.server::add);
                    world.node().pollQuietly();
                    world.settleAndCheck();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TIES", mode = EnumSource.Mode.EXCLUDE)
    void given_rows_without_ids_when_one_is_edited_then_no_other_is_lost(Order order) {
        for (int request = 2; request < 6; request++) {
            for (int edited = 0; edited < ROWS; edited++) {
                oneEdit(Traits.friendly().with(order, 0).withoutIds(), 1, 0, request, edited);
                oneEdit(Traits.friendly().with(order, 0).withoutIds(), 3, request, request, edited);
            }
        }
    }

    private static void oneEdit(Traits traits, int pagesInFlight, int seed, int request, int edited) {
        SyncWorld world = new SyncWorld(
                Setup.of(traits, ROWS).pagesInFlight(pagesInFlight).seed(seed));
        world.server.beforeRequest(request, () -> world.server.edit(edited));
        world.node().pollQuietly();
        world.settleAndCheck();
    }
}
