/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.CredentialNames;
import io.github.camelclinicea.client.blob.BlobHosts;
import io.github.camelclinicea.client.budget.BudgetSettings;
import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.RequestObserver;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.CliniceaPollingConsumer;
import io.github.camelclinicea.consumer.ConsumerObserver;
import io.github.camelclinicea.consumer.ConsumerRegistry;
import io.github.camelclinicea.consumer.PauseMonitor;
import io.github.camelclinicea.consumer.PolledRows;
import io.github.camelclinicea.consumer.PolledRowsRegistry;
import io.github.camelclinicea.consumer.RouteTransaction;
import io.github.camelclinicea.consumer.SyncHistory;
import io.github.camelclinicea.consumer.TransactionPolicies;
import io.github.camelclinicea.producer.CallThreads;
import io.github.camelclinicea.producer.CliniceaProducer;
import io.github.camelclinicea.producer.OperationStatistics;
import io.github.camelclinicea.producer.ProducerObserver;
import io.github.camelclinicea.sync.SyncIdentity;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read changes from and write records to Clinicea, the clinic-management system.
 *
 * <p>Specified by {@code BadOptionsTest} and {@code EndpointFuzzTest}.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "clinicea",
        title = "Clinicea",
        syntax = "clinicea:resource",
        category = {Category.API, Category.SAAS},
        headersClass = CliniceaConstants.class)
public class CliniceaEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaEndpoint.class);
    private static final long DEFAULT_DELAY = 60_000;

    private final Map<Route, RouteTransaction> transactions = Collections.synchronizedMap(new IdentityHashMap<>());

    @UriParam
    private CliniceaConfiguration configuration;

    @UriParam(
            label = "consumer,scheduler",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Time between the end of a poll and the start of the next one, for example 5m.")
    private long delay = DEFAULT_DELAY;

    private EndpointSettings settings;
    private PolledRows polledRows;

    /**
     * Creates an endpoint. Use {@link CliniceaComponent#createEndpoint(String)} instead.
     *
     * @param uri the endpoint's URI
     * @param component the component that it belongs to
     * @param configuration the endpoint's own options, not shared with the component
     */
    public CliniceaEndpoint(String uri, CliniceaComponent component, CliniceaConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    protected void doInit() throws Exception {
        settings = EndpointSettings.of(configuration, component().catalogue(configuration.getCatalogue()));
        ScheduleOptions.checkDelay(delay);
        ScheduleOptions.checkStart(getScheduler(), isStartScheduler());
        // Camel's endpoint hands its own field to consumers, and that one has Camel's default.
        super.setDelay(delay);
        super.doInit();
    }

    private EndpointOptions options() {
        return new EndpointOptions(configuration);
    }

    /** {@return whether a cron says when to poll} */
    public boolean pollsByCron() {
        return ScheduleOptions.isCron(getScheduler());
    }

    /** Checks the options of the scheduler before Camel reads them. A cron makes Quartz the scheduler. */
    @Override
    protected void configureScheduledPollConsumerProperties(Map<String, Object> parameters) {
        ScheduleOptions.prepare(parameters, getCamelContext().getClassResolver());
        super.configureScheduledPollConsumerProperties(parameters);
        ScheduleOptions.check(parameters.getOrDefault("scheduler", getScheduler()), getSchedulerProperties());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (changes() == null) {
            throw new IllegalArgumentException("No list of changes is known for '"
                    + resource().name() + "', so it cannot be polled; set the path option if there is one");
        }
        if (resource().guessedPath() && configuration.getPath() == null) {
            LOG.warn(
                    "No source confirms the path of {}, {}. It is like that of other resources. "
                            + "Set the path option if the"
                            + " path is wrong",
                    resource().name(),
                    changes().path());
        }
        if (getInitialDelay() >= 0 && pollsByCron()) {
            LOG.warn("Sync {}: initialDelay has no effect. The first poll comes when scheduler.cron fires", syncId());
        }
        CliniceaConsumer consumer = new CliniceaConsumer(this, processor);
        configureConsumer(consumer);
        consumer.setMaxMessagesPerPoll(configuration.getMaxMessagesPerPoll());
        return consumer;
    }

    /**
     * Refuses {@code transacted}, since the transaction is that of the route that takes a row, and a cron, since callers
     * poll when they ask.
     */
    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        requireRoute(!configuration.isTransacted());
        ScheduleOptions.checkOnDemand(getScheduler());
        return new CliniceaPollingConsumer(this);
    }

    /**
     * {@return the rows that callers take by themselves, with their consumer started, for one more polling consumer}
     * All callers of this endpoint share them, until the endpoint stops: another consumer would emit rows again that
     * are in flight. If they were stopped because nobody used them, others are started.
     *
     * @throws Exception if the consumer cannot start
     */
    public synchronized PolledRows joinPolledRows() throws Exception {
        if (polledRows != null && polledRows.isRunAllowed()) {
            polledRows.join();
        } else {
            PolledRows rows = new PolledRows(this);
            rows.join();
            try {
                ServiceHelper.startService(rows);
            } catch (Exception e) {
                ServiceHelper.stopAndShutdownService(rows);
                throw e;
            }
            polledRows = rows;
        }
        return polledRows;
    }

    @Override
    protected synchronized void doStop() throws Exception {
        ServiceHelper.stopAndShutdownService(polledRows);
        polledRows = null;
        super.doStop();
    }

    private static void requireRoute(boolean met) {
        EndpointOptions.require(
                met, "transacted=true needs a route: poll by from(), not by pollEnrich or a ConsumerTemplate");
    }

    @Override
    public Producer createProducer() throws Exception {
        CliniceaConfiguration defaults = component().getConfiguration();
        EndpointOptions.require(
                !configuration.isBatching() || defaults.isBatching(),
                "batching is an option of consumers; remove it from the endpoint of the producer");
        EndpointOptions.require(
                !configuration.isTransacted() || defaults.isTransacted(),
                "transacted is an option of consumers; remove it from the endpoint of the producer");
        return new CliniceaProducer(this);
    }

    /**
     * Creates a client for this endpoint's server and credentials. The caller closes it.
     *
     * @param observer is notified of all requests of the client
     * @return a client of its own
     * @throws Exception if camel-http cannot be set up with the options
     */
    public CliniceaClient newClient(RequestObserver observer) throws Exception {
        return component()
                .connections()
                .client(settings.connection(), options().credentials(), settings.requests(), budget(), observer);
    }

    private BudgetSettings budget() {
        if (settings.requestsPerDay() == 0 && settings.requestsPerMonth() == 0) {
            return BudgetSettings.NONE;
        }
        IdempotentRepository repository = repository();
        RepositoryBudgetKeys keys = repository == null ? null : new RepositoryBudgetKeys(repository, getCamelContext());
        if (keys != null) {
            keys.warnIfForgetful(resource().name());
        }
        return new BudgetSettings(
                settings.requestsPerDay(),
                settings.requestsPerMonth(),
                settings.clinicTimes() == null ? null : settings.clinicTimes().zone(),
                keys);
    }

    /**
     * {@return the observer of a consumer of this endpoint, which is about to start}
     *
     * @param consumer the consumer
     */
    public ConsumerObserver observe(CliniceaConsumer consumer) {
        return component().observer().consumer(consumer);
    }

    /**
     * {@return the observer of this endpoint's producers}
     *
     * @param routeId the id of the route that uses the producer; null outside of routes
     */
    public ProducerObserver observeProducer(String routeId) {
        return component().observer().producer(routeId, resource().name());
    }

    /**
     * {@return the statistics for a producer that starts, which leaves them when it stops}
     *
     * @param credentialName the name of its credential, as its client has it
     */
    public OperationStatistics joinStatistics(String credentialName) {
        return component().producerHealth().join(credentialName, resource().name());
    }

    /**
     * Takes a producer that stops off the statistics that {@link #joinStatistics} returned.
     *
     * @param statistics those statistics
     */
    public void leaveStatistics(OperationStatistics statistics) {
        component().producerHealth().leave(statistics);
    }

    /** {@return the threads on which operations wait for responses} */
    public CallThreads callThreads() {
        return component().callThreads();
    }

    /** {@return the threads that fetch pages ahead for all consumers of the component} */
    public Executor pageFetchers() {
        return component().pageFetchers();
    }

    /** {@return the monitor that detects a standstill of the process} */
    public PauseMonitor pauseMonitor() {
        return component().pauseMonitor();
    }

    /** {@return the timer of the consumers of the component} */
    public ScheduledExecutorService timer() {
        return component().timer();
    }

    /**
     * {@return the history of this endpoint's sync in a route}
     *
     * @param routeId the id of the route, or null
     */
    public SyncHistory syncHistory(String routeId) {
        return component().syncHistory(syncId(), routeId);
    }

    /**
     * {@return the moment that a text stands for}
     *
     * @param name the name of the option or argument, for the message
     * @param text the text, in ISO 8601
     * @throws IllegalArgumentException if the text is not a moment, or its year has not four digits
     */
    public Instant moment(String name, String text) {
        return EndpointOptions.moment(name, text, "");
    }

    /** {@return the argument names under which a message could pass a credential in place of this endpoint's own} */
    public CredentialNames credentialNames() {
        return options().credentialNames();
    }

    /**
     * {@return the reader of this endpoint's change list} A row that cannot be read becomes a row with a defect.
     *
     * @param client sends the requests
     * @param bodies the bodies to create while a page is parsed, where that costs little; null for none
     * @param filledFields receives the names of the filled fields of each page; null if they are not needed
     */
    public ChangeListReader changeListReader(
            CliniceaClient client, BodyFormat bodies, java.util.function.Consumer<Set<String>> filledFields) {
        return changeListReader(client, bodies, true, filledFields);
    }

    /**
     * {@return a reader of the same list for callers that need every row} A row that cannot be read fails its page.
     *
     * @param client sends the requests
     */
    public ChangeListReader readableChangeListReader(CliniceaClient client) {
        return changeListReader(client, null, false, null);
    }

    private ChangeListReader changeListReader(
            CliniceaClient client,
            BodyFormat bodies,
            boolean takesDefects,
            java.util.function.Consumer<Set<String>> filledFields) {
        return new ChangeListReader(
                client,
                resource().name(),
                changes(),
                settings.parameters(),
                settings.ignoredFields(),
                bodies,
                takesDefects,
                configuration.getMaxRowSize(),
                filledFields);
    }

    /** {@return the hosts that may receive the content of a document} */
    public BlobHosts blobHosts() {
        return settings.blobHosts();
    }

    /** {@return the repository for the state, as the options say; null if they name none} */
    public IdempotentRepository repository() {
        return configuration.getStateDataSource() == null
                ? configuration.getIdempotentRepository()
                : component().repositoryOn(configuration.getStateDataSource());
    }

    /** {@return the repository of a producer with {@code suppressEcho}, after starting it} */
    public IdempotentRepository startedRepository() {
        IdempotentRepository repository = repository();
        CamelContextAware.trySetCamelContext(repository, getCamelContext());
        ServiceHelper.startService(repository);
        return repository;
    }

    /**
     * {@return the resource from the catalogue, or one by the help page's conventions if the catalogue does not have
     * it}
     */
    public Resource resource() {
        return settings.resource();
    }

    /** {@return the resource's change list with the user's corrections, or null if none is known} */
    public ChangeList changes() {
        return settings.changes();
    }

    /**
     * {@return how to request the pages of a look-up, with the user's {@code pageSize}; null if the look-up has no
     * pages}
     *
     * @param lookUp an operation that returns a list
     */
    public Paging paging(Operation lookUp) {
        return WireOptions.paging(configuration, lookUp.paging());
    }

    /** {@return the settings of the sync, or null if no change list is known} */
    public SyncSettings syncSettings() {
        return settings.sync();
    }

    /**
     * {@return the name of this endpoint's sync in its repository}
     *
     * @throws NullPointerException if no change list is known
     */
    public String syncId() {
        return syncSettings().syncId();
    }

    /** {@return the list and the account that the state of this endpoint's sync belongs to} */
    public SyncIdentity syncIdentity() {
        String key = configuration.getApiKeySupplier() == null ? configuration.getApiKey() : "apiKeySupplier";
        String credential = options().staffLogin() ? configuration.getUsername() : key;
        return new SyncIdentity(
                settings.connection().baseUrl().toString().toLowerCase(Locale.ROOT),
                resource().name(),
                changes().path(),
                statuses(),
                credential);
    }

    /**
     * {@return where the rows of this endpoint come from, as a URI without credentials: the server, the resource, and
     * the sync if its name is not that of the resource} So two clinics on one server have different ones.
     *
     * @throws NullPointerException if no change list is known
     */
    public String source() {
        String server = settings.connection().baseUrl().toString();
        String resource = resource().name();
        String list = (server.endsWith("/") ? server : server + "/") + Encoding.text(resource);
        return syncId().equals(resource) ? list : list + "#" + Encoding.text(syncId());
    }

    /** {@return what converts the clinic's times; null if its zone is not known} */
    public CliniceaTimes clinicTimes() {
        return settings.clinicTimes();
    }

    /** {@return the start of the first sync; null for now} */
    public Instant syncFrom() {
        return settings.syncFrom();
    }

    /** {@return the statuses to deliver, in lower case; empty for all} */
    public Set<String> statuses() {
        return settings.statuses();
    }

    /**
     * {@return the time without progress after which the health check reports a poll as stuck; zero disables the check}
     */
    public Duration healthCheckStaleAfter() {
        return settings.healthCheckStaleAfter();
    }

    /** {@return the time after which the health check reports a held row; zero disables the check} */
    public Duration healthCheckHeldAfter() {
        return settings.healthCheckHeldAfter();
    }

    /** {@return the format of the message body for a record} */
    public BodyFormat bodyFormat() {
        return BodyFormat.of(configuration.getBodyType(), getCamelContext().getClassResolver()::resolveClass);
    }

    /**
     * Claims a sync for a consumer, which must release it.
     *
     * @param repository the repository that stores the state of the sync
     * @param syncId the name of the sync in the repository
     * @param consumer the consumer that is about to run the sync
     * @throws IllegalArgumentException if another consumer of the component has claimed the sync
     */
    public void claimSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        component().claimSync(repository, syncId, consumer);
    }

    /**
     * Releases a sync that {@link #claimSync} claimed.
     *
     * @param repository the repository that keeps its state
     * @param syncId its name in the repository
     * @param consumer the consumer that claimed it
     */
    public void releaseSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        component().releaseSync(repository, syncId, consumer);
    }

    /**
     * {@return the transactions of a route that this endpoint is the start of} Made once for each route.
     *
     * @param route the route; null if the consumer has none
     * @throws IllegalArgumentException if there is no route, or no transaction manager
     */
    public RouteTransaction transactionOf(Route route) {
        requireRoute(route != null);
        return transactions.computeIfAbsent(route, none -> {
            TransactedPolicy policy = configuration.getTransactedPolicy();
            return new RouteTransaction(route, policy != null ? policy : TransactionPolicies.find(getCamelContext()));
        });
    }

    /**
     * Forgets the transactions of a route that is removed.
     *
     * @param route the route
     */
    public void forgetTransactionOf(Route route) {
        transactions.remove(route);
    }

    /** {@return the registry of the rows that callers take by themselves, of this endpoint's component} */
    public PolledRowsRegistry polledRowsRegistry() {
        return component().polledRowsRegistry();
    }

    /** {@return the registry of the consumers of this endpoint's component} */
    public ConsumerRegistry consumers() {
        return component().consumers();
    }

    private CliniceaComponent component() {
        return (CliniceaComponent) getComponent();
    }

    /** {@return the options of this endpoint} */
    public CliniceaConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * Sets the options of this endpoint. Has no effect after the endpoint is initialized.
     *
     * @param configuration the options of this endpoint
     */
    public void setConfiguration(CliniceaConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Returns the time between the end of a poll and the start of the next one, in milliseconds. */
    @Override
    public long getDelay() {
        return delay;
    }

    /** Sets the time between the end of a poll and the start of the next one, in milliseconds. The default is 60 s. */
    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }

    @Override
    public String getServiceUrl() {
        return configuration.getBaseUrl();
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("resource", configuration.getResource());
    }
}
