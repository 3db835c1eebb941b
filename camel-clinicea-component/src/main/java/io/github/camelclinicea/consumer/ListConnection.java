/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.RefusalBackoff;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.sync.PageSource;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Connects a consumer to its change list. Holds the client of the consumer's current start, and remembers when the
 * server refused its credentials.
 *
 * <p>Specified by {@code RefusedCredentialsTest} and {@code ApiKeySupplierTest}.
 */
final class ListConnection {
    private final CliniceaEndpoint endpoint;
    private final BodyFormat bodies;
    private final Consumer<Set<String>> filledFields;
    private final RefusalBackoff refusals;
    private volatile CliniceaClient client;
    private volatile ChangeListReader reader;

    /**
     * @param endpoint the endpoint that is polled
     * @param bodies the bodies to create while a page is parsed
     * @param filledFields receives the names of the filled fields of each page; null if they are not needed
     * @param clock the clock for messages
     */
    ListConnection(CliniceaEndpoint endpoint, BodyFormat bodies, Consumer<Set<String>> filledFields, Clock clock) {
        this.endpoint = endpoint;
        this.bodies = bodies;
        this.filledFields = filledFields;
        this.refusals = new RefusalBackoff(System::nanoTime, clock);
    }

    /** Opens a client. Credentials that were refused before are sent again. */
    void open(RequestObserver observer) throws Exception {
        refusals.forget();
        client = endpoint.newClient(observer);
        client.poll();
        reader = endpoint.changeListReader(client, bodies, filledFields);
    }

    /**
     * Takes the present key of {@code apiKeySupplier}. A new key is sent at once, although the old one was refused.
     *
     * @throws CliniceaException if there is no key
     */
    void refreshCredentials() throws CliniceaException {
        if (client.refreshCredentials()) {
            refusals.forget();
        }
    }

    /** Lets the next poll send credentials that were refused shortly before. */
    void forgetRefusals() {
        refusals.forget();
        if (client != null) {
            client.forgetRefusal();
        }
    }

    /** Returns the pages of the list, read by the client of the current start. */
    PageSource pages(Consumer<Page> listener) {
        return new ChangeListPages(() -> reader, listener, refusals);
    }

    /** Returns the client of the current start; null before the first. */
    CliniceaClient client() {
        return client;
    }

    /** Ends all requests. */
    void close() {
        if (client != null) {
            client.close();
        }
    }
}
