/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Reports the requests of another transport. Content for a blob store is not reported: that store is not Clinicea. */
public final class ObservedTransport implements Transport {
    private final Transport transport;
    private final RequestObserver observer;
    private volatile boolean closed;

    /**
     * Creates a transport.
     *
     * @param transport sends the requests; closed with this transport
     * @param observer is notified of each request
     */
    public ObservedTransport(Transport transport, RequestObserver observer) {
        this.transport = transport;
        this.observer = observer;
    }

    @Override
    public Response exchange(String method, String target, List<Parameter> headers, byte[] body) throws IOException {
        long sentAt = System.nanoTime();
        Response response;
        try {
            response = transport.exchange(method, target, headers, body);
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                observer.unanswered(Transport.isTimeout(e), Duration.ofNanos(System.nanoTime() - sentAt));
            }
            throw e;
        }
        observer.answered(response.status(), Duration.ofNanos(System.nanoTime() - sentAt));
        return response;
    }

    @Override
    public Response put(URI blob, Content content, Duration timeout) throws IOException {
        return transport.put(blob, content, timeout);
    }

    @Override
    public void close() {
        closed = true;
        transport.close();
    }
}
