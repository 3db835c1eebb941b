/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.rate.AdaptiveRate.Sent;
import io.github.camelclinicea.row.RequestListener;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client's requests, at the pace of the budget that it shares with all who use the same credential. */
public final class RateLimitedTransport implements AutoCloseable {
    private final Transport transport;
    private final RequestRateLimiter budget;
    private final double ownLimit;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ownLimit the requests a second that this client's endpoint allows all of them; 0 for no limit */
    public RateLimitedTransport(
            Transport transport, RequestRateLimiter budget, double ownLimit, RetryPolicy retryPolicy, StopSignal stop) {
        this.transport = transport;
        this.budget = budget;
        this.ownLimit = ownLimit;
        this.retryPolicy = retryPolicy;
        this.stop = stop;
        budget.limit(ownLimit);
    }

    /**
     * @return the answer, whatever its status
     * @throws IOException as {@link Transport#exchange}
     * @throws InterruptedException if the thread was interrupted or the client closed before the request was sent
     */
    public Response send(Request call, RequestAuthentication authentication, RequestListener listener)
            throws IOException, InterruptedException {
        List<Parameter> query = new ArrayList<>(call.query());
        query.addAll(authentication.query());
        String target = call.path() + Encoding.query(query);
        Sent sent = budget.enter(stop, listener::waiting);
        long sentAt = System.nanoTime();
        try {
            Response answer = transport.exchange(call.method(), target, authentication.headers(), call.body());
            if (answer.successful()) {
                listener.answered(Duration.ofNanos(System.nanoTime() - sentAt));
            } else if (answer.status() == 429 || answer.status() == 503) {
                budget.refused(sent, retryPolicy.pause(answer));
                listener.refused(sentAt);
            }
            return answer;
        } catch (IOException e) {
            if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
                listener.refused(sentAt);
            }
            throw e;
        }
    }

    public double perSecond() {
        return budget.perSecond();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            budget.takeBack(ownLimit);
        }
        transport.close();
    }
}
