/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.ApiKey;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.CredentialNames;
import io.github.camelclinicea.client.Credentials;
import io.github.camelclinicea.client.RequestSettings;
import io.github.camelclinicea.client.StaffLogin;
import io.github.camelclinicea.client.blob.BlobHosts;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.PauseMonitor;
import io.github.camelclinicea.producer.CallThreads;
import io.github.camelclinicea.producer.CliniceaProducer;
import io.github.camelclinicea.sync.SyncIdentity;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Read changes from and write records to Clinicea, the clinic-management system.
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

    @UriParam
    private CliniceaConfiguration configuration;

    @UriParam(
            label = "consumer,scheduler",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Time between the end of a poll and the start of the next one.")
    private long delay = DEFAULT_DELAY;

    private ConnectionSettings connection;
    private RequestSettings requests;
    private BlobHosts blobHosts;
    private Resource resource;
    private ChangeList changes;
    private List<Parameter> parameters;
    private Set<String> ignoredFields;
    private SyncSettings syncSettings;
    private Instant syncFrom;
    private Set<String> statuses;
    private Duration healthCheckStaleAfter;
    private Duration healthCheckHeldAfter;

    /** Made by the component. */
    public CliniceaEndpoint(String uri, CliniceaComponent component, CliniceaConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
        setDelay(DEFAULT_DELAY);
    }

    @Override
    protected void doInit() throws Exception {
        EndpointOptions options = options();
        options.checkCredentials();
        ConnectionOptions way = new ConnectionOptions(configuration);
        connection = way.connection();
        requests = way.requests();
        blobHosts = way.blobHosts();
        WireOptions wire = new WireOptions(configuration, Catalogue.shipped());
        resource = wire.resource();
        changes = wire.changes(resource);
        wire.checkPages();
        parameters = wire.parameters();
        ignoredFields = wire.ignoredFields(changes);
        syncFrom = options.syncFrom();
        statuses = options.statuses();
        healthCheckStaleAfter = options.healthCheckStaleAfter();
        healthCheckHeldAfter = options.healthCheckHeldAfter();
        options.checkEcho(changes);
        syncSettings = changes == null ? null : options.sync(changes);
        super.doInit();
    }

    private EndpointOptions options() {
        return new EndpointOptions(configuration);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (changes == null) {
            throw new IllegalArgumentException("No list of changes is known for '" + resource.name()
                    + "', so it cannot be polled; set the path option if there is one");
        }
        if (resource.guessedPath() && configuration.getPath() == null) {
            LOG.warn(
                    "The path of {}, {}, is a guess by analogy that no source confirms; set the path option if it is"
                            + " another one",
                    resource.name(),
                    changes.path());
        }
        CliniceaConsumer consumer = new CliniceaConsumer(this, processor);
        configureConsumer(consumer);
        consumer.setMaxMessagesPerPoll(configuration.getMaxMessagesPerPoll());
        return consumer;
    }

    @Override
    public Producer createProducer() throws Exception {
        return new CliniceaProducer(this);
    }

    /**
     * @return a client of this endpoint's server and credentials; whoever asks closes it
     * @throws Exception if camel-http cannot be set up as the options say
     */
    public CliniceaClient newClient() throws Exception {
        return component().connections().client(connection, credentials(), requests);
    }

    /** @return the threads on which the component's calls wait for their answers */
    public CallThreads callThreads() {
        return component().callThreads();
    }

    /** @return the threads on which the component's consumers fetch pages ahead */
    public Executor pageFetchers() {
        return component().pageFetchers();
    }

    /** @return what tells the component's consumers that the process stood still */
    public PauseMonitor pulse() {
        return component().pulse();
    }

    /** @return the names by which a message could show a credential in place of this endpoint's own */
    public CredentialNames credentialNames() {
        return CredentialNames.of(
                EndpointOptions.list(configuration.getApiKeyHeader()), options().staffLogin());
    }

    private Credentials credentials() {
        return options().staffLogin()
                ? new StaffLogin(
                        Objects.requireNonNullElse(configuration.getApiKey(), ""),
                        configuration.getUsername(),
                        configuration.getPassword())
                : new ApiKey(configuration.getApiKey(), EndpointOptions.list(configuration.getApiKeyHeader()));
    }

    /**
     * Returns the reader of this endpoint's change list. A row that cannot be read comes as a row with a defect.
     *
     * @param client makes the calls
     * @param ahead the bodies that its rows are to come with where that can be done in passing, or null
     */
    public ChangeListReader changeListReader(CliniceaClient client, BodyFormat ahead) {
        return changeListReader(client, ahead, true);
    }

    /**
     * Returns a reader of the same list and versions for callers that need every row: one that cannot be read fails its page.
     *
     * @param client makes the calls
     */
    public ChangeListReader readableChangeListReader(CliniceaClient client) {
        return changeListReader(client, null, false);
    }

    private ChangeListReader changeListReader(CliniceaClient client, BodyFormat ahead, boolean takesDefects) {
        return new ChangeListReader(
                client,
                resource.name(),
                changes,
                parameters,
                ignoredFields,
                ahead,
                takesDefects,
                configuration.getMaxRowSize());
    }

    /** Returns the hosts that a document's content may be sent to. */
    public BlobHosts blobHosts() {
        return blobHosts;
    }

    /** Returns the repository that suppressEcho demands of a producer, started. */
    public IdempotentRepository startedRepository() {
        IdempotentRepository repository = configuration.getIdempotentRepository();
        CamelContextAware.trySetCamelContext(repository, getCamelContext());
        ServiceHelper.startService(repository);
        return repository;
    }

    /** @return the resource, as the catalogue or the help page's contract has it */
    public Resource resource() {
        return resource;
    }

    /** @return the resource's change list with the user's corrections, or null if none is known */
    public ChangeList changes() {
        return changes;
    }

    /**
     * Returns how the pages of a look-up are asked for, with the user's {@code pageSize}; null if it has none.
     *
     * @param lookUp an operation that gives a list
     */
    public Paging paging(Operation lookUp) {
        return new WireOptions(configuration, Catalogue.shipped()).paging(lookUp.paging());
    }

    /** @return what the user set of the sync, or null if no change list is known */
    public SyncSettings syncSettings() {
        return syncSettings;
    }

    /** Returns the name of this endpoint's sync in its repository; only if a change list is known. */
    public String syncId() {
        return syncSettings.syncId();
    }

    /** Returns what the state of this endpoint's sync is the state of. */
    public SyncIdentity syncIdentity() {
        String credential = options().staffLogin() ? configuration.getUsername() : configuration.getApiKey();
        return new SyncIdentity(
                connection.baseUrl().toString().toLowerCase(Locale.ROOT),
                resource.name(),
                changes.path(),
                statuses,
                credential);
    }

    /** @return where a first sync starts; null for now */
    public Instant syncFrom() {
        return syncFrom;
    }

    /** @return the change tags to deliver, in lower case; empty for all */
    public Set<String> statuses() {
        return statuses;
    }

    /** @return how long a poll may go without progress before the health check says that it hangs; 0 for ever */
    public Duration healthCheckStaleAfter() {
        return healthCheckStaleAfter;
    }

    /** Returns how long a row may be held before the health check says so; 0 for ever. */
    public Duration healthCheckHeldAfter() {
        return healthCheckHeldAfter;
    }

    /** @return what a record becomes as a message body */
    public BodyFormat bodyFormat() {
        return BodyFormat.of(configuration.getBodyType(), getCamelContext().getClassResolver()::resolveClass);
    }

    /**
     * @param repository where a sync keeps its state
     * @param syncId what it is called there
     * @param consumer who is about to run it
     * @throws IllegalArgumentException if another consumer runs it already
     */
    public void claimSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        component().claimSync(repository, syncId, consumer);
    }

    /** Gives back what {@link #claimSync} took. */
    public void releaseSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        component().releaseSync(repository, syncId, consumer);
    }

    private CliniceaComponent component() {
        return (CliniceaComponent) getComponent();
    }

    public CliniceaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CliniceaConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public long getDelay() {
        return delay;
    }

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
