/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.event.LogText;
import io.github.camelclinicea.sync.HeldRow;
import io.github.camelclinicea.sync.HeldRowListener;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which rows of a route are held. It names an exception by its class, since the message may contain content of
 * the row.
 */
final class HeldRowLog implements HeldRowListener {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRowLog.class);

    private final Supplier<String> routeId;
    private final String resource;

    /**
     * @param routeId returns the id of the route, which is known once the route is started
     * @param resource the resource, as in the endpoint URI
     */
    HeldRowLog(Supplier<String> routeId, String resource) {
        this.routeId = routeId;
        this.resource = resource;
    }

    @Override
    public void held(HeldRow row) {
        LOG.warn(
                "Route {}: the row of {} with id {} failed with {} and is held. It is emitted "
                        + "again until it is delivered."
                        + " Until then, the checkpoint does not move",
                routeId.get(),
                resource,
                LogText.of(row.recordId()),
                row.lastFailure());
    }

    @Override
    public void delivered(HeldRow row) {
        LOG.info(
                "Route {}: the row of {} with id {}, held since {}, was delivered after {} attempts",
                routeId.get(),
                resource,
                LogText.of(row.recordId()),
                row.heldSince(),
                row.attempts());
    }

    @Override
    public void stillHeld(int rows, Instant oldest) {
        LOG.warn(
                "Route {}: {} rows of {} are held, the first of them since {}. They hold the checkpoint back",
                routeId.get(),
                rows,
                resource,
                oldest);
    }

    @Override
    public void limitReached(int maxHeldRows) {
        LOG.warn(
                "Route {}: the maximum number of rows of {} is held (maxHeldRows={}, 32 MiB), "
                        + "and another row failed. It is"
                        + " not kept in memory. Each poll reads the list again until fewer rows are held",
                routeId.get(),
                resource,
                maxHeldRows);
    }
}
