/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.sync.ChangeSync;
import java.time.Instant;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;

/** What a consumer shows of itself in JMX; none of it needs a poll to be over. */
abstract class SyncGauges extends ResilientPollConsumer {
    SyncGauges(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    abstract ChangeSync sync();

    /** @return the client of the consumer's current start; null before the first */
    abstract CliniceaClient client();

    @ManagedAttribute(description = "The sync timestamp: since when the next poll asks for changes, in UTC")
    public String getSyncTimestamp() {
        return text(sync().since());
    }

    @ManagedAttribute(description = "How many polls ended with everything read and completed")
    public long getCleanPolls() {
        return sync().cleanPolls();
    }

    @ManagedAttribute(description = "When the last such poll ended, in UTC")
    public String getLastCleanPoll() {
        return text(sync().lastCleanPoll());
    }

    @ManagedAttribute(description = "Rows that failed in the last poll; they hold the sync timestamp back")
    public int getFailedRows() {
        return sync().holdback().failedRows();
    }

    @ManagedAttribute(description = "Since when rows hold the sync timestamp back, in UTC")
    public String getHeldBackSince() {
        return text(sync().holdback().since());
    }

    @ManagedAttribute(description = "How many rows the route has finished without failure")
    public long getDeliveredRows() {
        return sync().rowsDelivered();
    }

    @ManagedAttribute(description = "Rows that the route has and has not finished")
    public int getRowsInFlight() {
        return sync().rowsInFlight();
    }

    @ManagedAttribute(description = "Versions that were not delivered because the route had written them itself")
    public long getEchoesDropped() {
        return sync().echoesDropped();
    }

    @ManagedAttribute(description = "When a poll last began or waited for its turn, a page came or a row ended, in UTC")
    public String getLastProgress() {
        return text(sync().lastProgress());
    }

    @ManagedAttribute(description = "How many pages are fetched at once at the moment; pagesInFlight is the most")
    public int getPagesInFlight() {
        return sync().pagesAhead();
    }

    @ManagedAttribute(
            description =
                    "How many requests a second all who use this credential may send at the moment; 0 for no limit")
    public double getRequestsPerSecond() {
        CliniceaClient client = client();
        double pace = client == null ? 0 : client.requestsPerSecond();
        return Double.isInfinite(pace) ? 0 : pace;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
