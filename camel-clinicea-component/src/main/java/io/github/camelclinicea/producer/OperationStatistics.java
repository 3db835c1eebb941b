/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.Transport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the calls of the operations of one resource with one credential, for all producers that share both. Records
 * whether Clinicea could be used when it was called last. Contains no message of an exception, no argument and no id.
 * Thread-safe.
 *
 * <p>Specified by {@code OperationStatisticsTest}.
 */
public final class OperationStatistics {
    private static final int PROXY_DEMANDS_CREDENTIALS = 407;

    /**
     * The calls of one operation.
     *
     * @param operation the operation's name in the catalogue, or {@code list}
     * @param calls the number of calls that ended
     * @param failures the number of them that failed
     * @param outcomeUnknown the number of failures after which the write may have been done
     * @param lastFailure the class of the last failure; null if there was none
     * @param lastFailureAt the time of the last failure; null if there was none
     */
    public record Calls(
            String operation,
            long calls,
            long failures,
            long outcomeUnknown,
            String lastFailure,
            Instant lastFailureAt) {
        private Calls plus(Throwable failure, Instant now) {
            boolean isUnknown = failure instanceof CliniceaException e && e.isMaybeDone();
            return new Calls(
                    operation,
                    calls + 1,
                    failures + 1,
                    outcomeUnknown + (isUnknown ? 1 : 0),
                    failure.getClass().getName(),
                    now);
        }

        private Calls plusSuccess() {
            return new Calls(operation, calls + 1, failures, outcomeUnknown, lastFailure, lastFailureAt);
        }
    }

    /**
     * A time in which Clinicea could not be used.
     *
     * @param operation the operation that failed last
     * @param status the HTTP status of the last failure; 0 if no response came
     * @param since the time of the first failure after the last success
     * @param failures the number of such failures since the last success
     */
    public record Outage(String operation, int status, Instant since, long failures) {}

    private final String credential;
    private final String resource;
    private final Clock clock;
    private final Map<String, Calls> calls = new TreeMap<>();
    private Outage outage;

    /**
     * Creates statistics without a call.
     *
     * @param credential the name of the credential, which does not contain it
     * @param resource the resource, as in the endpoint URI
     * @param clock the local clock
     */
    public OperationStatistics(String credential, String resource, Clock clock) {
        this.credential = credential;
        this.resource = resource;
        this.clock = clock;
    }

    synchronized void succeeded(String operation) {
        calls.compute(operation, (name, before) -> orNone(name, before).plusSuccess());
        outage = null;
    }

    synchronized void failed(String operation, Throwable cause) {
        Instant now = clock.instant();
        calls.compute(operation, (name, before) -> orNone(name, before).plus(cause, now));
        if (cause instanceof CliniceaException failure && isOutage(failure)) {
            outage = new Outage(
                    operation,
                    failure.getHttpResponseCode(),
                    outage == null ? now : outage.since(),
                    outage == null ? 1 : outage.failures() + 1);
        }
    }

    private static Calls orNone(String operation, Calls before) {
        return before != null ? before : new Calls(operation, 0, 0, 0, null, null);
    }

    /** Returns whether a failure was caused by the credentials, the connection or the server, not by the message. */
    private static boolean isOutage(CliniceaException failure) {
        int status = failure.getHttpResponseCode();
        boolean noConnection = status == 0
                && failure.getCause() instanceof IOException cause
                && !(cause instanceof Transport.TooLargeException);
        return noConnection
                || status >= 500
                || Response.refusesCredentials(status)
                || status == PROXY_DEMANDS_CREDENTIALS;
    }

    /** Forgets the present outage. Without a producer, no call would show that it is over. */
    public synchronized void forgetOutage() {
        outage = null;
    }

    /** Returns the present outage; null if the last call that says anything about Clinicea succeeded. */
    public synchronized Outage outage() {
        return outage;
    }

    /** Returns the calls of each operation, by the operation's name. */
    public synchronized List<Calls> calls() {
        return List.copyOf(calls.values());
    }

    /** Returns the name of the credential. It does not contain the credential. */
    public String credential() {
        return credential;
    }

    /** Returns the resource, as in the endpoint URI. */
    public String resource() {
        return resource;
    }

    @Override
    public String toString() {
        return "OperationStatistics of " + resource + " at " + credential;
    }
}
