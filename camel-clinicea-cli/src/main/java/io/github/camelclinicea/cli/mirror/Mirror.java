/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.cli.StopSignal;
import io.github.camelclinicea.cli.StoppedException;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;

/**
 * Runs the mirror from its start to its stop, with a Camel context and the routes. Its database stays open.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class Mirror implements AutoCloseable {
    private static final int LOOK_MILLIS = 20;
    private static final int POLLS_THAT_MAY_FAIL = 3;
    private static final int STOP_SECONDS = 20;

    /** Rows that fail are tried again at each poll. After this time it is no passing trouble of the database. */
    private static final Duration ROWS_MAY_FAIL = Duration.ofSeconds(30);

    private final Main main = new Main();
    private final RowFailures failures = new RowFailures();
    private final Progress progress;
    private final StopSignal stop;

    /**
     * Starts the mirror.
     *
     * @param database the database
     * @param account the account to read
     * @param settings what to read
     * @param progress counts the rows
     * @param stop ends a wait
     * @throws WrongOptionException if Camel refuses an endpoint option
     * @throws CommandFailedException if a route cannot start
     */
    Mirror(MirrorDatabase database, Account account, MirrorSettings settings, Progress progress, StopSignal stop) {
        this(database, account, settings, progress, stop, new ChangedRecords(), null);
    }

    /** Starts a mirror that has its polls followed. */
    Mirror(
            MirrorDatabase database,
            Account account,
            MirrorSettings settings,
            Progress progress,
            StopSignal stop,
            ChangedRecords changed,
            FollowedPolls followed) {
        this.progress = progress;
        this.stop = stop;
        CliniceaComponent clinicea = new CliniceaComponent();
        account.addTo(clinicea.getConfiguration());
        main.bind("clinicea", clinicea);
        main.bind("dataSource", database.dataSource());
        main.bind("transactionManager", database.transactionManager());
        main.bind("rowFailures", failures);
        main.bind("syncState", database.syncState());
        main.bind("unsettledLists", new UnsettledLists(progress));
        if (followed != null) {
            main.bind("followedPolls", followed);
        }
        main.configure().withShutdownTimeout(STOP_SECONDS);
        main.configure().addRoutesBuilder(new MirrorRoutes(progress, changed, failures, settings));
        try {
            main.start();
        } catch (RuntimeException e) {
            main.stop();
            throw StartFailure.of(e);
        }
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    /** Returns the checkpoint of a resource's consumer. */
    String syncTimestamp(Mirrored what) {
        return consumer(camel().getRoute(what.resource())).getSyncTimestamp();
    }

    /** Returns the change list of a resource with the user's options. */
    ChangeList list(Mirrored what) {
        return ((CliniceaEndpoint) camel().getRoute(what.resource()).getEndpoint()).changes();
    }

    /**
     * Waits for clean polls of each list. After two, all changes before the call have arrived, because the second began
     * after the call.
     *
     * @param clean the number of clean polls
     * @throws CommandFailedException if a resource cannot be mirrored
     * @throws StoppedException if the process is to stop
     */
    void awaitPolls(int clean) throws InterruptedException {
        List<Route> routes = new ArrayList<>(camel().getRoutes());
        Map<String, Long> polls = new HashMap<>();
        routes.forEach(route -> polls.put(route.getId(), consumer(route).getCleanPolls() + clean));
        while (routes.stream().anyMatch(route -> consumer(route).getCleanPolls() < polls.get(route.getId()))) {
            for (Route route : List.copyOf(routes)) {
                requireRowsAreWritten(route);
                if (consumer(route).getErrorCounter() < POLLS_THAT_MAY_FAIL) {
                    continue;
                }
                if (!route.getId().equals(Mirrored.DELETED_BILLS.resource())) {
                    throw new CommandFailedException(route.getId() + " cannot be mirrored: " + reason(route));
                }
                // The path of this list is a guess. Without the list, everything except the deletion of bills still
                // arrives.
                progress.say("deletedBills cannot be read, so deleted bills stay in the mirror;"
                        + " --option=deletedBills.path=PATH --reset=deletedBills may help: " + reason(route));
                routes.remove(route);
            }
            stop.sleep(LOOK_MILLIS);
            progress.tick();
        }
    }

    private void requireRowsAreWritten(Route route) {
        failures.fatal(route.getId()).ifPresent(reason -> {
            throw new CommandFailedException(route.getId() + " cannot be mirrored: " + reason);
        });
        String since = consumer(route).getHeldBackSince();
        if (since != null
                && Duration.between(Instant.parse(since), Instant.now()).compareTo(ROWS_MAY_FAIL) > 0) {
            throw new CommandFailedException(consumer(route).getFailedRows() + " rows of " + route.getId()
                    + " cannot be written into the database: " + failures.reason(route.getId()));
        }
    }

    /** Returns the failure of the last poll, which the health check has. */
    private static String reason(Route route) {
        return consumer(route)
                .getHealthCheck()
                .call()
                .getError()
                .map(Throwable::getMessage)
                .orElse("the log has the reason");
    }

    private static CliniceaConsumer consumer(Route route) {
        return (CliniceaConsumer) route.getConsumer();
    }

    /** Stops the routes. An exchange that has begun ends with its transaction. */
    @Override
    public void close() {
        main.stop();
    }
}
