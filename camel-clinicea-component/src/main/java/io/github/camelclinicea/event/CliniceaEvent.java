/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.CamelEvent;

/**
 * Reports to Camel's event notifiers what this component did, for an audit trail. An event names the route, the
 * resource and the outcome. It contains no content of a record, no argument and no message of an exception.
 *
 * <p>Specified by {@code AuditTest}.
 */
public abstract class CliniceaEvent implements CamelEvent {
    private final Endpoint endpoint;
    private final String resource;
    private final String routeId;
    private final String syncId;
    private final Duration duration;
    private volatile long timestamp = System.currentTimeMillis();

    CliniceaEvent(Endpoint endpoint, String resource, String routeId, String syncId, Duration duration) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.resource = resource;
        this.routeId = routeId;
        this.syncId = syncId;
        this.duration = duration;
    }

    /** Returns {@code Custom}. */
    @Override
    public Type getType() {
        return Type.Custom;
    }

    /** Returns the endpoint. Its {@code toString} shows no secrets. */
    @Override
    public Endpoint getSource() {
        return endpoint;
    }

    /** Returns the time at which the poll, write or operation ended, in milliseconds since 1970. */
    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    /** {@return the resource, as in the endpoint URI} */
    public String getResource() {
        return resource;
    }

    /** {@return the id of the route that polled, wrote, or has the sync of an operation; null outside of routes} */
    public String getRouteId() {
        return routeId;
    }

    /**
     * {@return the name of the sync} For a poll or an operation, it is the name in the repository. For a write, it is
     * the endpoint's option {@code syncId}; null if that is not set.
     */
    public String getSyncId() {
        return syncId;
    }

    /** {@return how long the poll, write or operation took} */
    public Duration getDuration() {
        return duration;
    }
}
