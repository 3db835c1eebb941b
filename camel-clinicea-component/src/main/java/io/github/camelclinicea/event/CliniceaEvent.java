/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.event;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.CamelEvent;

/**
 * What this component tells Camel's event notifiers, for an audit trail: who did what, to which record, and how it ended.
 * Nothing of a record's content, no argument, no message of an exception.
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

    /** @return {@code Custom} */
    @Override
    public Type getType() {
        return Type.Custom;
    }

    /** @return the endpoint; its text shows no secrets */
    @Override
    public Endpoint getSource() {
        return endpoint;
    }

    /** @return when it ended, in milliseconds since 1970 */
    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    /** @return the resource, as in the endpoint URI */
    public String getResource() {
        return resource;
    }

    /** @return the route that did it; null outside of routes */
    public String getRouteId() {
        return routeId;
    }

    /** @return the sync that it belongs to; of a write the endpoint's option {@code syncId}, null if it is not set */
    public String getSyncId() {
        return syncId;
    }

    /** @return how long it took */
    public Duration getDuration() {
        return duration;
    }
}
