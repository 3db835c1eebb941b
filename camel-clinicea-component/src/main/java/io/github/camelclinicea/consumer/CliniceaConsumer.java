/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.budget.BudgetShare;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ListedFields;
import io.github.camelclinicea.sync.RowSink;
import io.github.camelclinicea.sync.SyncCounters;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a resource's change list and emits one exchange for each changed row. {@link ChangeSync} reads the list,
 * decides which rows are due and moves the checkpoint. This class schedules it and turns each due row into an
 * exchange.
 *
 * <p>Specified by {@code CliniceaConsumerTest}.
 */
@ManagedResource(description = "Clinicea consumer")
public final class CliniceaConsumer extends SyncGauges {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaConsumer.class);

    /** The time between two lines about the progress of a poll. */
    private static final int PROGRESS_SECONDS = 10;

    private final Clock clock = Clock.systemUTC();
    private final CliniceaEndpoint endpoint;
    private final String resource;

    private final PollTimes times = new PollTimes(System::nanoTime, clock);
    private final PollSpread spread = new PollSpread(this::budget, System::nanoTime, clock);
    private final CutReadings cutReadings = new CutReadings(this::getRouteId);
    private final PollFailureLog failures = new PollFailureLog(this::getRouteId, clock);
    private final PollHints hints;
    private final TakenRows taken;

    private SyncSettings settings;
    private IdempotentRepository repository;
    private ListConnection connection;
    private volatile RouteTransaction transaction;
    private RowSink sink;
    private ChangeSync sync;
    private SyncHistory history;
    private PollReport report;
    private SyncOperations operations;
    private volatile ConsumerObserver observer = ConsumerObserver.NONE;
    private boolean stateRead;
    /** Whether the last poll was put off. Only the polling thread uses it. */
    private boolean putOff;
    /** Whether the consumer was stopped. Camel may call it suspended afterwards, if it forced the suspend. */
    private volatile boolean schedulerStopped;

    private volatile PauseMonitor.Watch pauses = () -> false;

    /**
     * Creates a consumer. The endpoint calls it.
     *
     * @param endpoint the endpoint to poll; it has a change list
     * @param processor the route
     */
    public CliniceaConsumer(CliniceaEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.resource = endpoint.resource().name();
        this.hints = new PollHints(System::nanoTime, endpoint::timer, requests()::requestIfStarted);
        this.taken = new TakenRows(endpoint::syncId, endpoint.healthCheckStaleAfter(), clock);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        ConsumerRegistry.setRouteOf(this);
        BodyFormat bodyFormat = endpoint.bodyFormat();
        settings = endpoint.syncSettings();
        sink = new RouteSink(
                this,
                () -> mayDeliver() && !pauses.stoodStill(),
                requests()::mayWaitForRows,
                pending -> pendingExchanges = pending,
                new RowMessage(bodyFormat, resource, endpoint.source(), settings.batching(), endpoint.clinicTimes()),
                endpoint.statuses(),
                endpoint.isBridgeErrorHandler(),
                () -> transaction);
        IdempotentRepository configured = endpoint.repository();
        // The memory repository's own map keeps a thousand keys. It would forget older ones, including the checkpoint.
        repository = configured != null
                ? configured
                : MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
        CamelContextAware.trySetCamelContext(repository, endpoint.getCamelContext());
        boolean suppressesEcho = endpoint.getConfiguration().isSuppressEcho();
        connection = new ListConnection(
                endpoint,
                bodyFormat,
                suppressesEcho ? new ListedFields(repository, settings.syncId())::add : null,
                clock);
        history = endpoint.syncHistory(getRouteId());
        sync = new ChangeSync(
                connection.pages(page -> forceConsumerAsReady()),
                repository,
                settings,
                endpoint.syncIdentity(),
                page -> endpoint.pageFetchers().execute(page),
                clock,
                suppressesEcho ? new EchoMarks(repository, settings.syncId(), clock) : null,
                new HeldRowLog(this::getRouteId, resource),
                history.counters());
        report = new PollReport(endpoint, this::getRouteId, sync, history, failures, clock, () -> observer);
        operations = new SyncOperations(endpoint, this::getRouteId, sync, history, this::pollAtOnce);
        endpoint.consumers().add(this);
    }

    @Override
    protected void doBuild() throws Exception {
        setHealthCheck(new SyncHealthCheck(
                this,
                // Before a cron fires for the first time, a poll is not missing.
                endpoint.pollsByCron() ? HealthCheck.State.UP : initialHealthCheckState(),
                () -> sync,
                times,
                PollSchedule.of(this),
                cutReadings::reason,
                new SyncHealthCheck.Limits(
                        requests().serveCallers() ? Duration.ZERO : endpoint.healthCheckStaleAfter(),
                        endpoint.healthCheckHeldAfter()),
                taken,
                clock));
        super.doBuild();
    }

    @Override
    protected void doStart() throws Exception {
        RepositoryAdvice.of(repository)
                .ifPresent(reason -> LOG.warn(
                        "The idempotentRepository of sync {} {}. Set stateDataSource, or use another durable"
                                + " idempotentRepository",
                        settings.syncId(),
                        reason));
        endpoint.claimSync(repository, settings.syncId(), this);
        observer = endpoint.observe(this);
        connection.open(observer);
        stateRead = false;
        transaction = settings.transacted() ? endpoint.transactionOf(getRoute()) : null;
        cutReadings.ended();
        betweenPolls(this::tryToReadState);
        times.started(Duration.of(Math.max(0, getInitialDelay()), getTimeUnit().toChronoUnit()));
        super.doStart();
        schedulerStopped = false;
    }

    private void tryToReadState() {
        try {
            readState();
        } catch (IllegalArgumentException e) {
            // The state belongs to another list, or an option is wrong: no later poll would succeed.
            endStart();
            throw e;
        } catch (NullPointerException | ClassCastException | LinkageError e) {
            // The repository is not configured: no later poll would succeed.
            endStart();
            throw RepositoryAdvice.unusable(repository, settings.syncId(), e);
        } catch (RuntimeException e) {
            // A leader under master: that cannot start keeps the lead and is not started again. If its polls fail
            // instead, the health check is DOWN, and the polls succeed once the repository is back.
            LOG.warn(
                    "Sync {} cannot read its state yet and tries again at each poll: {}",
                    settings.syncId(),
                    e.toString());
        }
    }

    private void endStart() {
        endpoint.releaseSync(repository, settings.syncId(), this);
        connection.close();
    }

    private void readState() {
        ServiceHelper.startService(repository);
        proveTransaction();
        sync.start(endpoint.syncFrom());
        stateRead = true;
    }

    private void proveTransaction() {
        if (transaction != null) {
            try {
                transaction.prove(this, repository, settings.syncId() + "=transaction");
            } catch (RuntimeException e) {
                // As it is: a repository that takes no part ends the start.
                throw e;
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
        }
    }

    private BudgetShare budget() {
        CliniceaClient client = client();
        return client == null ? null : client.budget();
    }

    /** Lets the poll send credentials that were refused shortly before: the operator may have had them accepted again. */
    private String pollAtOnce() {
        requests().requireMayPoll();
        spread.request();
        connection.forgetRefusals();
        Instant until = spread.putOffUntil();
        String answer = requests().request();
        return until == null ? answer : "The budget of requests is used up, so polls are put off until " + until;
    }

    /** Closes the client first, so that a server without a response does not delay the suspend. */
    @Override
    protected void doSuspend() throws Exception {
        connection.close();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        if (schedulerStopped) {
            doStart();
        } else {
            connection.open(observer);
            times.started(Duration.ZERO);
        }
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        if (connection != null) {
            connection.close();
        }
        endpoint.releaseSync(repository, settings.syncId(), this);
        schedulerStopped = true;
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        endpoint.consumers().remove(this);
        super.doShutdown();
    }

    @Override
    int pollAlone() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        putOff = spread.putsOff();
        if (putOff) {
            times.leftOut();
            return 0;
        }
        pauses = endpoint.pauseMonitor().watch();
        times.began();
        // A restart of the route during the poll makes another one.
        PollReport report = this.report;
        report.began();
        try {
            connection.refreshCredentials();
            if (!stateRead) {
                readState();
            }
        } catch (CliniceaException | RuntimeException | Error e) {
            report.failedToStart(!sink.open());
            throw e;
        }
        Future<?> progress = endpoint.timer()
                .scheduleAtFixedRate(report::progress, PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
        try {
            int emitted = read();
            cutReadings.ended();
            return emitted;
        } catch (CliniceaException | InterruptedException e) {
            if (e instanceof CliniceaBudgetException usedUp) {
                cutReadings.cut(usedUp, report.requests());
            }
            if (!sink.open()) {
                LOG.debug("Sync {}: the stop of the route or process ended a poll", settings.syncId());
                return 0;
            }
            throw e;
        } finally {
            if (pauses.stoodStill()) {
                LOG.info(
                        "Sync {}: the process stood still during a poll. The next poll reads the list again",
                        settings.syncId());
            }
            progress.cancel(false);
            spread.ended(report.requests());
            report.ended(!sink.open());
        }
    }

    private int read() throws Exception {
        times.reading();
        try {
            return sync.poll(sink).emitted();
        } finally {
            times.ended(sync.holdback().since());
        }
    }

    /** Sends the empty message of {@code sendEmptyMessageWhenIdle}, unless the poll was put off or a stop ended it. */
    @Override
    protected void processEmptyMessage() throws Exception {
        if (sink.open() && !putOff) {
            super.processEmptyMessage();
        }
    }

    /** Is never called: this consumer emits rows while it reads the list and has no queue of exchanges. */
    @Override
    public int processBatch(Queue<Object> exchanges) {
        throw new UnsupportedOperationException("rows are emitted while the list is read");
    }

    @Override
    void pollLeftOut() {
        times.leftOut();
    }

    /** Returns the id of the route. If callers poll by themselves, a name with the sync's id takes its place. */
    @Override
    public String getRouteId() {
        return requests().serveCallers() ? "poll:" + endpoint.syncId() : super.getRouteId();
    }

    @Override
    String resource() {
        return resource;
    }

    @Override
    public ChangeSync sync() {
        return sync;
    }

    @Override
    CliniceaClient client() {
        return connection == null ? null : connection.client();
    }

    @Override
    PollSpread spread() {
        return spread;
    }

    @Override
    PollFailureLog failures() {
        return failures;
    }

    @Override
    public SyncCounters counters() {
        return history.counters();
    }

    @Override
    public SyncOperations operations() {
        return operations;
    }

    /** Returns the rows that callers have taken and not completed. */
    TakenRows taken() {
        return taken;
    }

    @Override
    PollHints hints() {
        return hints;
    }

    /** Returns whether rows may be emitted. Asks the context too, since it stops before it stops this consumer. */
    private boolean mayDeliver() {
        return isBatchAllowed()
                && !isSuspendingOrSuspended()
                && !endpoint.getCamelContext().isStopping();
    }
}
