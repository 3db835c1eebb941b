/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import io.github.camelclinicea.consumer.CliniceaConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;

/** Runs the mirror from its start to its stop, with a database, a Camel context and the routes. */
final class Mirror implements AutoCloseable {
    static final String DELETED_BILLS = "deletedBills";

    private static final int LOOK_MILLIS = 20;
    private static final int POLLS_THAT_MAY_FAIL = 3;

    private final Main main = new Main();
    private final MirrorDatabase database;
    private final Progress progress;

    Mirror(MirrorDatabase database, Clinicea clinicea, MirrorOptions options, Progress progress) {
        this.database = database;
        this.progress = progress;
        main.bind("dataSource", database.dataSource());
        main.bind("transactionManager", database.transactionManager());
        main.bind("syncState", database.syncState());
        main.addInitialProperty("mirror.base-url", clinicea.baseUrl());
        main.addInitialProperty("mirror.api-key", "RAW(" + clinicea.apiKey() + ")");
        main.configure().addRoutesBuilder(new MirrorRoutes(progress, options));
        main.start();
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    MirrorDatabase database() {
        return database;
    }

    /** Returns the checkpoint of a resource's consumer. */
    String syncTimestamp(Mirrored what) {
        return ((CliniceaConsumer) camel().getRoute(what.resource()).getConsumer()).getSyncTimestamp();
    }

    /**
     * Waits until all changes before the call have arrived. That is so after two clean polls, because the second began
     * after the call.
     *
     * @throws IllegalStateException if a resource cannot be mirrored
     */
    void awaitCaughtUp() throws InterruptedException {
        List<Route> routes = new ArrayList<>(camel().getRoutes());
        Map<String, Long> polls = new HashMap<>();
        routes.forEach(route -> polls.put(route.getId(), consumer(route).getCleanPolls() + 2));
        while (routes.stream().anyMatch(route -> consumer(route).getCleanPolls() < polls.get(route.getId()))) {
            for (Route route : List.copyOf(routes)) {
                if (consumer(route).getErrorCounter() < POLLS_THAT_MAY_FAIL) {
                    continue;
                }
                if (!route.getId().equals(DELETED_BILLS)) {
                    throw new IllegalStateException(route.getId() + " cannot be mirrored; the log has the reason");
                }
                // The path of this list is a guess. Without the list, everything except the deletion of bills still
                // arrives.
                progress.say(
                        "deletedBills cannot be read, so deleted bills stay in the mirror; --deleted-bills-path may help");
                routes.remove(route);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            progress.tick();
        }
    }

    private static CliniceaConsumer consumer(Route route) {
        return (CliniceaConsumer) route.getConsumer();
    }

    @Override
    public void close() {
        main.stop();
        database.close();
    }
}
