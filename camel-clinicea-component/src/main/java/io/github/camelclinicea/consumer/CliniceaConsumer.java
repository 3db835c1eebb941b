/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.sync.ChangeSync;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ForeignStateException;
import io.github.camelclinicea.sync.ListedFields;
import io.github.camelclinicea.sync.RowSink;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a resource's change list and emits one exchange for each changed row. {@link ChangeSync} reads the list, decides
 * which rows are due and moves the checkpoint. This class schedules it and turns each due row into an exchange.
 */
@ManagedResource(description = "Clinicea consumer")
public class CliniceaConsumer extends SyncGauges {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaConsumer.class);

    private final Clock clock = Clock.systemUTC();
    private final CliniceaEndpoint endpoint;
    private final String resource;

    private final PollTimes times = new PollTimes(System::nanoTime, clock);

    private BodyFormat bodyFormat;
    private SyncSettings settings;
    private IdempotentRepository repository;
    private ListedFields listedFields;
    private RowSink sink;
    private ChangeSync sync;
    private PollReport report;
    private volatile CliniceaClient client;
    private volatile ChangeListReader reader;
    private boolean stateRead;
    /** A suspend that Camel forces stops the consumer, and may still end with the consumer being called suspended. */
    private volatile boolean schedulerStopped;

    private volatile PauseMonitor.Watch watch = () -> false;

    /** Made by the endpoint. */
    public CliniceaConsumer(CliniceaEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.resource = endpoint.resource().name();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        bodyFormat = endpoint.bodyFormat();
        sink = new RouteSink(
                this,
                () -> mayDeliver() && !watch.stoodStill(),
                pending -> pendingExchanges = pending,
                new RowMessage(bodyFormat, resource),
                endpoint.statuses(),
                endpoint.isBridgeErrorHandler());
        settings = endpoint.syncSettings();
        IdempotentRepository given = endpoint.getConfiguration().getIdempotentRepository();
        // Not the memory repository's own map: it forgets the oldest of a thousand keys, the checkpoint among them.
        repository = given != null
                ? given
                : MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
        CamelContextAware.trySetCamelContext(repository, endpoint.getCamelContext());
        listedFields = new ListedFields(repository, settings.syncId());
        sync = new ChangeSync(
                new ChangeListPages(() -> reader, this::pageWasRead),
                repository,
                settings,
                endpoint.syncIdentity(),
                page -> endpoint.pageFetchers().execute(page),
                clock,
                endpoint.getConfiguration().isSuppressEcho()
                        ? new EchoMarks(repository, settings.syncId(), clock)
                        : null,
                new HeldRowLog(this::getRouteId, resource));
        report = new PollReport(endpoint, this::getRouteId, sync);
    }

    private void pageWasRead(Page page) {
        forceConsumerAsReady();
        if (endpoint.getConfiguration().isSuppressEcho()) {
            page.rows().forEach(row -> listedFields.add(ChangeListReader.filledFields(row.content())));
        }
    }

    @Override
    protected void doBuild() throws Exception {
        setHealthCheck(new SyncHealthCheck(
                this,
                initialHealthCheckState(),
                () -> sync,
                times,
                PollSchedule.of(this),
                new SyncHealthCheck.Limits(endpoint.healthCheckStaleAfter(), endpoint.healthCheckHeldAfter()),
                clock));
        super.doBuild();
    }

    @Override
    protected void doStart() throws Exception {
        RepositoryAdvice.of(repository)
                .ifPresent(reason -> LOG.warn(
                        "The idempotentRepository of sync {} {}. Use a durable one, for instance a"
                                + " JdbcMessageIdRepository",
                        settings.syncId(),
                        reason));
        endpoint.claimSync(repository, settings.syncId(), this);
        openClient();
        stateRead = false;
        betweenPolls(this::tryToReadState);
        times.started(Duration.of(Math.max(0, getInitialDelay()), getTimeUnit().toChronoUnit()));
        super.doStart();
        schedulerStopped = false;
    }

    private void tryToReadState() {
        try {
            readState();
        } catch (ForeignStateException e) {
            endpoint.releaseSync(repository, settings.syncId(), this);
            client.close();
            throw e;
        } catch (RuntimeException e) {
            // Under master: a leader that cannot start keeps the lead and is not started again; one whose polls fail is
            // seen, and goes on by itself.
            LOG.warn(
                    "Sync {} cannot read its state yet and tries again at each poll: {}",
                    settings.syncId(),
                    e.toString());
        }
    }

    private void readState() {
        ServiceHelper.startService(repository);
        sync.start(endpoint.syncFrom());
        stateRead = true;
    }

    private void openClient() throws Exception {
        client = endpoint.newClient();
        reader = endpoint.changeListReader(client, bodyFormat);
    }

    /** Camel suspends a consumer before it waits for its exchanges: a server that does not answer must not hold that up. */
    @Override
    protected void doSuspend() throws Exception {
        client.close();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        if (schedulerStopped) {
            doStart();
        } else {
            openClient();
            times.started(Duration.ZERO);
        }
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
        }
        endpoint.releaseSync(repository, settings.syncId(), this);
        schedulerStopped = true;
        super.doStop();
    }

    @Override
    int pollAlone() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        watch = endpoint.pulse().watch();
        long startedAt = System.nanoTime();
        times.began();
        try {
            catchUp();
        } catch (RuntimeException | Error e) {
            report.failedToStart(startedAt, !sink.open());
            throw e;
        }
        try {
            return read();
        } catch (CliniceaException | InterruptedException e) {
            if (!sink.open()) {
                LOG.debug("Sync {}: a poll was cut off by the stop of its route or process", settings.syncId());
                return 0;
            }
            throw e;
        } finally {
            if (watch.stoodStill()) {
                LOG.info(
                        "Sync {}: the process stood still for a while; what it had read is read again by the next poll",
                        settings.syncId());
            }
            report.ended(startedAt, !sink.open());
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

    /** What could not be done at the start. */
    private void catchUp() {
        if (!stateRead) {
            readState();
        }
    }

    /** A poll that was cut off has not found that there is nothing. */
    @Override
    protected void processEmptyMessage() throws Exception {
        if (sink.open()) {
            super.processEmptyMessage();
        }
    }

    /** Rows are delivered as their pages come; there is no queue of exchanges to be worked off. */
    @Override
    public int processBatch(Queue<Object> exchanges) {
        throw new UnsupportedOperationException("rows are delivered while the list is read");
    }

    @Override
    void pollLeftOut() {
        times.leftOut();
    }

    @Override
    String resource() {
        return resource;
    }

    @Override
    ChangeSync sync() {
        return sync;
    }

    @Override
    CliniceaClient client() {
        return client;
    }

    @ManagedOperation(description = "Forget the sync timestamp: the next poll begins at syncFrom again")
    public void resetSync() {
        try {
            sync.requestReset();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Sync {} will be reset by the next poll, but not if the process ends before: the repository could not"
                            + " keep the wish ({})",
                    settings.syncId(),
                    e.getClass().getName());
        }
    }

    /** The client ends its waiting as soon as the context stops, which is before this consumer is told to. */
    private boolean mayDeliver() {
        return isBatchAllowed()
                && !isSuspendingOrSuspended()
                && !endpoint.getCamelContext().isStopping();
    }
}
