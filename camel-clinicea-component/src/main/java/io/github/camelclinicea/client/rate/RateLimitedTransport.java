/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.rate;

import io.github.camelclinicea.CliniceaException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends the requests of one client at the rate that all clients with the same credential share. */
public final class RateLimitedTransport implements AutoCloseable {
    private final Transport transport;
    private final RequestRateLimiter limiter;
    private final double ownLimit;
    private final RetryPolicy retryPolicy;
    private final StopSignal stop;
    private final AtomicBoolean left = new AtomicBoolean();

    /**
     * Creates a transport, and adds its limit to the limiter.
     *
     * @param ownLimit the limit that this client's endpoint sets for all clients with its credential, in requests a
     *     second; 0 for none
     */
    public RateLimitedTransport(
            Transport transport,
            RequestRateLimiter limiter,
            double ownLimit,
            RetryPolicy retryPolicy,
            StopSignal stop) {
        this.transport = transport;
        this.limiter = limiter;
        this.ownLimit = ownLimit;
        this.retryPolicy = retryPolicy;
        this.stop = stop;
        limiter.addLimit(ownLimit);
    }

    /** Decides, when a request's turn has come, whether it is sent and as whom. */
    @FunctionalInterface
    public interface Admission {
        /**
         * Returns the authentication of a request that is about to be sent.
         *
         * @throws CliniceaException if it must not be sent
         * @throws InterruptedException if the thread was interrupted or the client closed meanwhile
         */
        RequestAuthentication admit() throws CliniceaException, InterruptedException;
    }

    /**
     * Sends a request when the limiter permits it, and returns the response, with any status.
     *
     * @param admission is asked after the wait for the limiter
     * @throws CliniceaException of the admission; nothing was sent
     * @throws IOException as {@link Transport#exchange}
     * @throws InterruptedException if the thread was interrupted or the client closed before the request was sent
     */
    public Response send(Request request, Admission admission, RequestListener listener)
            throws CliniceaException, IOException, InterruptedException {
        Sent sent = limiter.enter(stop, listener::waiting);
        RequestAuthentication present = admission.admit();
        List<Parameter> query = new ArrayList<>(request.query());
        query.addAll(present.query());
        String target = request.path() + Encoding.query(query);
        listener.sent();
        long sentAt = System.nanoTime();
        try {
            Response response = transport.exchange(request.method(), target, present.headers(), request.body());
            if (response.isSuccessful()) {
                listener.answered(Duration.ofNanos(System.nanoTime() - sentAt));
            } else if (response.status() == 429 || response.status() == 503) {
                limiter.refused(sent, retryPolicy.pause(response));
                listener.refused(sentAt);
            }
            return response;
        } catch (IOException e) {
            if (Transport.isTimeout(e)) {
                listener.refused(sentAt);
            }
            throw e;
        }
    }

    /** Returns the name of the credential that all clients of the limiter share. It does not contain the credential. */
    public String credentialName() {
        return limiter.credentialName();
    }

    /**
     * Returns the present limit of all clients with the same credential, in requests a second; infinite without a
     * limit.
     */
    public double perSecond() {
        return limiter.perSecond();
    }

    /** Takes this client's limit off the limiter, because it uses another one from now on. */
    public void leave() {
        if (!left.getAndSet(true)) {
            limiter.removeLimit(ownLimit);
        }
    }

    @Override
    public void close() {
        leave();
        transport.close();
    }
}
