/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.client.http.Parameter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Sends reads, at most {@link #MAX_REQUESTS} in all, with a pause between them. A redirect is not followed, because the
 * credential must not go to another host. After a 429 it waits as the server asks, or sends nothing more. Nothing logs
 * the URLs.
 *
 * <p>Specified by {@code WireTest}, {@code HostileServerTest} and {@code ProbeSecretsTest}.
 */
final class Wire {
    /** The most requests of one run, logins and repetitions included. */
    static final int MAX_REQUESTS = 40;

    /** The longest wait for a server that responded with 429. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The longest run. A slow server would otherwise take 20 minutes for {@link #MAX_REQUESTS}. */
    static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** After so many requests in a row without a response, no more are sent. */
    private static final int SILENT_REQUESTS = 3;

    static final int TOO_MANY_REQUESTS = 429;
    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    /** The JDK's loggers of requests, whose lines have the whole URL. Kept, because the JDK forgets unused loggers. */
    private static final List<Logger> LOGGERS_OF_URLS = Stream.of(
                    "jdk.httpclient.HttpClient",
                    "jdk.internal.httpclient.debug",
                    "jdk.internal.httpclient.hpack.debug",
                    "jdk.internal.httpclient.websocket.debug")
            .map(Logger::getLogger)
            .toList();

    static {
        // The query of a staff login has the password, and that of a list may have the key.
        LOGGERS_OF_URLS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final URI baseUrl;
    private final Duration pauseTime;
    private final Duration timeout;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final long began;
    private final HttpClient client;
    private final ServerHeaders headers = new ServerHeaders();

    private int sent;
    private int silent;
    private boolean responded;
    private String stopReason;

    /**
     * A response.
     *
     * @param status the HTTP status
     * @param body the body, not null
     */
    record Response(int status, byte[] body) {}

    Wire(URI baseUrl, Duration pauseTime, Duration timeout, Pause pause) {
        this(baseUrl, pauseTime, timeout, pause, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    Wire(URI baseUrl, Duration pauseTime, Duration timeout, Pause pause, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.baseUrl = baseUrl;
        this.pauseTime = pauseTime;
        this.timeout = timeout;
        this.pause = pause;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** Returns the number of requests that were sent. */
    int sent() {
        return sent;
    }

    /** Returns how many more requests may be sent. */
    int left() {
        return stopReason == null ? MAX_REQUESTS - sent : 0;
    }

    /** Returns whether any response came. */
    boolean responded() {
        return responded;
    }

    /** Returns why nothing more is sent, and what to do; empty if only the number of requests ended the run. */
    Optional<String> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /** Sends nothing more, because the user stopped the probe. */
    void stop() {
        stopReason = "The probe was stopped. Further facts were not asked. Run it again, or for one list, with"
                + " --resource=NAME";
    }

    /** Returns what the headers of the responses showed. */
    ServerHeaders headers() {
        return headers;
    }

    /**
     * Sends a read.
     *
     * @param target the path and the query, encoded as it is to be sent
     * @param carried the headers with the credential
     * @return the response; empty if none came or the request was not sent
     * @throws InterruptedException if interrupted
     */
    Optional<Response> get(String target, List<Parameter> carried) throws InterruptedException {
        Optional<Response> response = once(target, carried);
        if (response.isEmpty() || response.get().status() != TOO_MANY_REQUESTS) {
            return response;
        }
        Optional<Duration> asked = headers.retryAfter().filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0);
        if (asked.isPresent() && left() > 0) {
            pause.of(asked.get());
            response = once(target, carried);
            if (response.isEmpty() || response.get().status() != TOO_MANY_REQUESTS) {
                return response;
            }
        }
        stopReason =
                "The server responded with 429, too many requests. Further facts were not asked. Run the probe again later;"
                        + " a 429 that stays may be a quota of the month";
        return response;
    }

    private Optional<Response> once(String target, List<Parameter> carried) throws InterruptedException {
        endIfLate();
        if (left() <= 0) {
            return Optional.empty();
        }
        if (sent > 0) {
            pause.of(pauseTime);
        }
        sent++;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + target))
                .header("Accept", "application/json")
                .GET();
        carried.forEach(header -> request.header(header.name(), header.value()));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request.build(), response -> new LimitedBody(LARGEST_BODY));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            silent = 0;
            responded = true;
            note(response.headers());
            return Optional.of(new Response(response.statusCode(), response.body()));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            silence("The server did not respond within " + timeout.toSeconds() + " s. Check --base-url, or try later");
        } catch (ExecutionException e) {
            silence(
                    e.getCause() instanceof IOException failure
                            ? ConnectionFailures.words(failure, baseUrl.getHost())
                            : "The request could not be sent. Check --base-url");
        }
        return Optional.empty();
    }

    private void endIfLate() {
        if (stopReason == null && nanoTime.getAsLong() - began > LONGEST_RUN.toNanos()) {
            stopReason = "The probe ended after " + LONGEST_RUN.toMinutes() + " minutes, because the server is slow."
                    + " Further facts were not asked. Run it again for one list, with --resource=NAME";
        }
    }

    private void note(HttpHeaders given) {
        headers.note(given, Instant.now());
    }

    private void silence(String reason) {
        silent++;
        if (!responded || silent >= SILENT_REQUESTS) {
            stopReason = reason;
        }
    }
}
