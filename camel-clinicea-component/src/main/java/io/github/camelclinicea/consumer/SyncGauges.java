/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.budget.BudgetUsage;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.HeldRow;
import io.github.camelclinicea.sync.SyncCounters;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.TabularData;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;

/**
 * Shows the state of a consumer's sync as JMX attributes, and offers the operations on it. All of them can be used
 * while a poll runs.
 *
 * <p>Camel gives an operation's arguments the names p1, p2 and so on, and offers no other. The description of an
 * operation says what they are.
 *
 * <p>Specified by {@code JmxTest}.
 */
public abstract class SyncGauges extends ResilientPollConsumer {
    SyncGauges(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Returns the sync; null before the consumer is initialized. */
    public abstract ChangeSync sync();

    /** Returns the client of the consumer's current start; null before the first start. */
    abstract CliniceaClient client();

    /** Returns what puts polls off to save the budget. */
    abstract PollSpread spread();

    /** Returns the counters of the sync, which also count what its route did before it was started again. */
    public abstract SyncCounters counters();

    /** Returns what an operator can do with the sync. */
    public abstract SyncOperations operations();

    /** Returns what takes hints that something changed. */
    abstract PollHints hints();

    /** Returns the held rows; those held longest come first. */
    public List<HeldRow> heldRowList() {
        return operations().heldRows();
    }

    /** Returns the last 50 polls, the latest first. */
    public List<PollSummary> recentPollList() {
        return operations().recentPolls();
    }

    /** Returns the held rows as a table of JMX. */
    @ManagedOperation(description = "The failed rows that are held: emitted again until they are delivered")
    public TabularData heldRows() throws OpenDataException {
        return SyncTables.ofHeldRows(heldRowList());
    }

    /** Returns the last 50 polls as a table of JMX. */
    @ManagedOperation(description = "The last 50 polls, the latest first")
    public TabularData recentPolls() throws OpenDataException {
        return SyncTables.ofPolls(recentPollList());
    }

    /**
     * Gives a held row up; see {@link SyncOperations#skipRow}.
     *
     * @param recordId the record's id, or the version of one row
     * @return the number of skipped versions
     */
    @ManagedOperation(
            description = "Skip a held row: it counts as done and is not emitted again."
                    + " p1: the record id, or the version of one row")
    public int skipRow(String recordId) {
        return operations().skipRow(recordId, Operators.current()).size();
    }

    /** Makes the next poll emit all held rows. Returns how many there are. */
    @ManagedOperation(description = "Emit all held rows in the next poll, whether they are due or not")
    public int retryHeldRows() {
        return operations().retryHeldRows(Operators.current());
    }

    /** Begins a poll at once, or right after the one that runs; see {@link SyncOperations#pollNow}. */
    @ManagedOperation(description = "Begin a poll at once, or right after the one that runs")
    public String pollNow() {
        return operations().pollNow(Operators.current());
    }

    /** Makes the next poll begin at {@code syncFrom} again; see {@link SyncOperations#resetSync(String)}. */
    @ManagedOperation(description = "Forget the checkpoint: the next poll begins at syncFrom again")
    public void resetSync() {
        operations().resetSync(Operators.current());
    }

    /**
     * Makes the next poll begin at a moment; see {@link SyncOperations#resetSync(String, String)}.
     *
     * @param from the moment in ISO 8601
     */
    @ManagedOperation(
            description = "Forget the checkpoint: the next poll begins at a moment. p1: the moment, in ISO 8601")
    public void resetSync(String from) {
        operations().resetSync(from, Operators.current());
    }

    /** Returns the moment since which the next poll requests changes, in ISO 8601 and UTC; null before the start. */
    @ManagedAttribute(description = "The moment since which the next poll requests changes, in UTC")
    public String getSyncTimestamp() {
        return text(sync().since());
    }

    /** Returns the number of polls in which everything was read and delivered. */
    @ManagedAttribute(description = "Number of polls in which everything was read and delivered")
    public long getCleanPolls() {
        return sync().cleanPolls();
    }

    /**
     * Returns the end of the last poll in which everything was read and delivered, in ISO 8601 and UTC; null if there
     * is none.
     */
    @ManagedAttribute(description = "Time of the last poll in which everything was read and delivered, in UTC")
    public String getLastCleanPoll() {
        return text(sync().lastCleanPoll());
    }

    /** Returns the number of failed rows that hold the checkpoint back, as of the last poll. */
    @ManagedAttribute(description = "Number of failed rows that hold the checkpoint back")
    public int getFailedRows() {
        return sync().holdback().failedRows();
    }

    /**
     * Returns the time since which failed rows have held the checkpoint back, in ISO 8601 and UTC; null if none does.
     */
    @ManagedAttribute(description = "Time since which failed rows have held the checkpoint back, in UTC")
    public String getHeldBackSince() {
        return text(sync().holdback().since());
    }

    /** Returns the number of rows that the route finished without failure. */
    @ManagedAttribute(description = "Number of rows that the route finished without failure")
    public long getDeliveredRows() {
        return sync().rowsDelivered();
    }

    /** Returns the number of times that the route finished a row with a failure. */
    @ManagedAttribute(description = "Number of times that the route finished a row with a failure")
    public long getFailedAttempts() {
        return counters().failedAttempts();
    }

    /** Returns the number of held rows that an operator skipped. They are not delivered. */
    @ManagedAttribute(description = "Number of held rows that an operator skipped; they are not delivered")
    public long getSkippedRows() {
        return counters().rowsSkipped();
    }

    /** Returns the number of rows that the route has and has not finished. */
    @ManagedAttribute(description = "Number of rows that the route has and has not finished")
    public int getRowsInFlight() {
        return sync().rowsInFlight();
    }

    /** Returns the number of versions that were not emitted because the route had written them itself. */
    @ManagedAttribute(
            description = "Number of versions that were not emitted because the route had written them itself")
    public long getEchoesDropped() {
        return sync().echoesDropped();
    }

    /** Returns the time of the last progress of a poll, in ISO 8601 and UTC; null before the first poll. */
    @ManagedAttribute(
            description =
                    "Time at which a poll last began, waited for the rate, received a page or finished a row, in UTC")
    public String getLastProgress() {
        return text(sync().lastProgress());
    }

    /** Returns the number of pages that may be in flight at present. */
    @ManagedAttribute(
            description = "Number of pages that may be in flight at present; the option pagesInFlight is the most")
    public int getPagesInFlight() {
        return sync().pagesAhead();
    }

    /** Returns the present rate of the credential in requests a second; 0 for no limit, and before the first start. */
    @ManagedAttribute(
            description = "Requests a second that all endpoints of this credential may send at present; 0 for no limit")
    public double getRequestsPerSecond() {
        CliniceaClient client = client();
        double rate = client == null ? 0 : client.requestsPerSecond();
        return Double.isInfinite(rate) ? 0 : rate;
    }

    /** Returns how much is used of each budget of the credential; empty without one, and before the first start. */
    public List<BudgetUsage> budgetUsage() {
        CliniceaClient client = client();
        return client == null ? List.of() : client.budget().usage();
    }

    /** Returns how much is used of the budgets of the credential, as one line; null without a budget. */
    @ManagedAttribute(
            description = "Requests of the day and month that all endpoints of this credential have used, of how many")
    public String getRequestBudget() {
        List<BudgetUsage> usage = budgetUsage();
        return usage.isEmpty()
                ? null
                : usage.stream().map(BudgetUsage::toString).collect(Collectors.joining("; "));
    }

    /** Returns the time until which polls are put off to save the budget, in ISO 8601 and UTC; null if they are not. */
    @ManagedAttribute(description = "Time until which polls are put off to save the budget of requests, in UTC")
    public String getPollsPutOffUntil() {
        return text(spread().putOffUntil());
    }

    /** Returns the name of the credential, which does not contain it; null before the first start. */
    public String credentialName() {
        CliniceaClient client = client();
        return client == null ? null : client.credentialName();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
