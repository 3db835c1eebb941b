/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.budget;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Is the part that one client has in the budget of its credential. Thread-safe.
 *
 * <p>Specified by {@code RequestBudgetTest}.
 */
public final class BudgetShare implements AutoCloseable {
    /** How long a request waits for the repository that keeps the count. */
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final RequestBudget budget;
    private final BudgetMember member;

    /**
     * Joins a budget. The limits of the settings apply to all clients with the same credential until this share is
     * closed.
     *
     * @param budget the budget of the credential
     * @param settings the limits that the client's endpoint sets
     */
    public BudgetShare(RequestBudget budget, BudgetSettings settings) {
        this.budget = budget;
        this.member = new BudgetMember(settings);
        budget.members().join(member);
    }

    /**
     * Counts a request that is about to be sent.
     *
     * @param request the request, for the message
     * @param stop ends the wait for the repository
     * @throws CliniceaBudgetException if a budget is used up; nothing was sent
     * @throws CliniceaException if the count cannot be kept; nothing was sent
     * @throws InterruptedException if the thread is interrupted, or the signal given, during the wait
     */
    public void take(Request request, StopSignal stop) throws CliniceaException, InterruptedException {
        if (!budget.isCounting() || budget.takeAtOnce(member.isPolling())) {
            return;
        }
        Optional<BudgetUsage> usedUp;
        try {
            // On a thread of its own: the repository must not take part in a transaction of the caller, which may be
            // rolled back although the request was sent.
            usedUp = stop.await(CompletableFuture.supplyAsync(() -> budget.take(member.isPolling()), budget.executor())
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw notKept(request, e.getCause());
        } catch (RejectedExecutionException e) {
            stop.throwIfGiven();
            throw notKept(request, e);
        }
        if (usedUp.isPresent()) {
            throw usedUp(request, usedUp.get());
        }
    }

    private static CliniceaException notKept(Request request, Throwable cause) {
        return request.failure(
                "The count of requestsPerDay and requestsPerMonth could not be kept in the idempotentRepository ("
                        + cause.getClass().getName() + "), so " + request + " was not sent; check the repository",
                0,
                true,
                cause);
    }

    private CliniceaException usedUp(Request request, BudgetUsage usage) {
        String reason = usage.used() < usage.limit()
                ? " has no part left for polls, since the rest is for operations"
                : " is used up";
        return new CliniceaBudgetException(
                usage.period().option() + "=" + usage.limit() + " of " + budget.credentialName() + reason + ", so "
                        + request + " was not sent. The next period begins at " + usage.endsAt() + ". Raise "
                        + usage.period().option() + ", poll less often, or wait",
                request.resource(),
                request.operation(),
                usage.period().option(),
                usage.endsAt());
    }

    /** Says that this client polls, so that the budget is spread over its polls and those of the others. */
    public void poll() {
        member.poll();
    }

    /**
     * Returns how long a poll must wait, so that the rest of the budget lasts; zero if it may begin.
     *
     * @param sinceLast the time since the consumer's last poll ended
     * @param requests the requests that a poll is expected to take
     */
    public Duration waitOfPoll(Duration sinceLast, long requests) {
        Duration usedUp = waitOfUsedUp();
        return usedUp.isZero() ? atLeastZero(budget.pollInterval(requests).minus(sinceLast)) : usedUp;
    }

    /** Returns how long a budget has no part left for polls; zero if each has. */
    public Duration waitOfUsedUp() {
        return budget.pollsWaitUntil()
                .map(end -> atLeastZero(Duration.between(budget.now(), end)))
                .orElse(Duration.ZERO);
    }

    private static Duration atLeastZero(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Returns how much of each budget is used; empty without a budget. */
    public List<BudgetUsage> usage() {
        return budget.usage();
    }

    /** Takes this client's limits off the budget. */
    @Override
    public void close() {
        budget.members().leave(member);
    }
}
