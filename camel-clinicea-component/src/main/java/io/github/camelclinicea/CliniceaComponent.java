/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.client.Connections;
import io.github.camelclinicea.client.http.HttpClientLoggers;
import io.github.camelclinicea.consumer.ConsumerRegistry;
import io.github.camelclinicea.consumer.DelegatedRoutes;
import io.github.camelclinicea.consumer.PauseMonitor;
import io.github.camelclinicea.consumer.PolledRowsRegistry;
import io.github.camelclinicea.consumer.SyncHistory;
import io.github.camelclinicea.observe.ComponentObserver;
import io.github.camelclinicea.observe.OptionalMicrometer;
import io.github.camelclinicea.observe.ProducerHealth;
import io.github.camelclinicea.producer.CallThreads;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.util.PropertiesHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates endpoints for URIs {@code clinicea:resource}. The options of the component's configuration are the defaults
 * of all its endpoints. Endpoints of the same server and credentials share connections and staff logins.
 *
 * <p>Specified by {@code BadOptionsTest} and {@code TlsTest}.
 */
@Component("clinicea")
public class CliniceaComponent extends HealthCheckComponent implements SSLContextParametersAware {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaComponent.class);
    private static final int MAX_HISTORIES = 1_000;
    private static final int MAX_CATALOGUES = 100;

    @Metadata(description = "Defaults for all endpoints of this component.")
    private CliniceaConfiguration configuration = new CliniceaConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the context's global SSL parameters where an endpoint sets none.")
    private boolean useGlobalSslContextParameters;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "20",
            description = "Maximum number of operations of all producers that wait for responses on the "
                    + "component's threads. Further operations wait on the thread of their route.")
    private int maxConcurrentCalls = 20;

    private final ConsumerRegistry consumers = new ConsumerRegistry();
    private final PolledRowsRegistry polledRows = new PolledRowsRegistry();
    private final Map<Sync, Consumer> syncs = new ConcurrentHashMap<>();
    private final Map<RouteOfSync, SyncHistory> histories = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Catalogue> catalogues = LRUCacheFactory.newLRUCache(MAX_CATALOGUES);
    private final Map<DataSource, IdempotentRepository> repositories =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private final CredentialsReload reload = new CredentialsReload();
    private Connections connections;
    private ComponentObserver observer = ComponentObserver.NONE;
    private CallThreads callThreads;
    private ProducerHealth producerHealth;
    private ExecutorService pageFetchers;
    private ScheduledExecutorService timer;
    private PauseMonitor pauseMonitor;

    /** Creates a component without a context. Camel calls it. */
    public CliniceaComponent() {}

    /**
     * Creates a component.
     *
     * @param context the context that the component belongs to
     */
    public CliniceaComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        reload.beforeEndpointOf(this);
        CliniceaConfiguration own = configuration.copy();
        own.setResource(remaining);
        own.setApiKey(null);
        own.setApiKeySupplier(null);
        Map<String, Object> extraParameters = PropertiesHelper.extractProperties(parameters, "parameter.");
        if (!extraParameters.isEmpty()) {
            own.setParameters(extraParameters);
        }
        CliniceaEndpoint endpoint = new CliniceaEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        if (own.getApiKey() == null && own.getApiKeySupplier() == null) {
            own.setApiKey(configuration.getApiKey());
            own.setApiKeySupplier(configuration.getApiKeySupplier());
        }
        boolean hasOwnTls = own.getSslContextParameters() != null || own.getHttpComponent() != null;
        if (useGlobalSslContextParameters && !hasOwnTls) {
            own.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        EndpointOptions.positive("maxConcurrentCalls", maxConcurrentCalls);
        getCamelContext().getManagementStrategy().addEventNotifier(reload);
        getCamelContext().getManagementStrategy().addEventNotifier(polledRows);
        connections = new Connections(getCamelContext());
        producerHealth = new ProducerHealth(getCamelContext(), this::isHealthCheckProducerEnabled);
        getCamelContext().addLifecycleStrategy(new DelegatedRoutes(this, consumers));
        observer = OptionalMicrometer.observerOf(this);
        getCamelContext().addLifecycleStrategy(observer);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        HttpClientLoggers.warnIfOn(LOG);
        callThreads = new CallThreads(getCamelContext(), maxConcurrentCalls);
        // The running polls bound the number of threads: each uses at most pagesInFlight.
        pageFetchers = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "CliniceaPages");
    }

    @Override
    protected void doStop() throws Exception {
        if (connections != null) {
            connections.close();
        }
        if (callThreads != null) {
            callThreads.close();
        }
        if (pageFetchers != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(pageFetchers);
        }
        stopTimer();
        forgetCatalogues();
        observer.close();
        super.doStop();
    }

    /**
     * Returns the catalogue with the corrections of a file. The file is read once until the component stops.
     *
     * @param uri the resource URI of the file; null or blank for the catalogue as shipped
     * @throws IllegalArgumentException if it cannot be read or is wrong; the message names the option
     */
    Catalogue catalogue(String uri) {
        if (!EndpointOptions.present(uri)) {
            return Catalogue.shipped();
        }
        synchronized (catalogues) {
            Catalogue known = catalogues.get(uri);
            if (known != null) {
                return known;
            }
        }
        // Not under the lock: the file may be on a slow server.
        Catalogue read = CatalogueFile.read(getCamelContext(), uri);
        synchronized (catalogues) {
            Catalogue first = catalogues.putIfAbsent(uri, read);
            return first == null ? read : first;
        }
    }

    private void forgetCatalogues() {
        synchronized (catalogues) {
            catalogues.clear();
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getManagementStrategy().removeEventNotifier(reload);
        getCamelContext().getManagementStrategy().removeEventNotifier(polledRows);
        super.doShutdown();
    }

    /** Returns the repository on a database: one for each, so that two syncs with one name are noticed. */
    IdempotentRepository repositoryOn(DataSource dataSource) {
        return repositories.computeIfAbsent(dataSource, JdbcRepositories::on);
    }

    /**
     * Claims a sync for a consumer. Two consumers with one sync id in one repository would share one delivery ledger,
     * and each would leave out the rows that the other delivered. A consumer whose callers are gone loses its claim.
     *
     * @throws IllegalArgumentException if another consumer of this component has claimed the sync
     */
    void claimSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        Sync sync = new Sync(repository, syncId);
        Consumer other = syncs.putIfAbsent(sync, consumer);
        if (other != null && other != consumer && polledRows.stopIfAbandoned(other)) {
            other = syncs.putIfAbsent(sync, consumer);
        }
        if (other != null && other != consumer) {
            throw new IllegalArgumentException("syncId '" + syncId + "' is in use on the same idempotentRepository by "
                    + other.getEndpoint() + "; give each route a syncId of its own");
        }
    }

    /** Releases a sync that the consumer has claimed. Has no effect if another consumer has claimed it. */
    void releaseSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        syncs.remove(new Sync(repository, syncId), consumer);
    }

    /** Identifies a sync. Two repositories are the same only if they are one object. */
    private record Sync(IdempotentRepository repository, String syncId) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Sync sync && sync.repository == repository && sync.syncId.equals(syncId);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(repository) * 31 + syncId.hashCode();
        }
    }

    /**
     * Polls a sync soon: at once, or right after the poll that runs. For hints that something changed, such as a
     * webhook. However many calls come, they cause at most one poll a second, and none is lost. Returns before the
     * poll begins. Refused credentials are not sent again earlier than they would be otherwise.
     *
     * @param syncId the {@code syncId} of the route, by default the name of its resource
     * @return whether a consumer of this sync runs in this process. It does not if its route is stopped or suspended,
     *     if another node polls, or if no route has this sync
     */
    public boolean pollNow(String syncId) {
        return consumers.hint(Objects.requireNonNull(syncId, "syncId"));
    }

    /** {@return the registry of the consumers of this component} */
    public ConsumerRegistry consumers() {
        return consumers;
    }

    /** Returns the registry of the rows that callers take by themselves. */
    PolledRowsRegistry polledRowsRegistry() {
        return polledRows;
    }

    /** {@return the connections that the endpoints share; null before the component is initialized} */
    public Connections connections() {
        return connections;
    }

    /** Returns the observer of all consumers and producers. */
    ComponentObserver observer() {
        return observer;
    }

    /** Returns the monitor that detects a standstill of the process. The first call starts its thread. */
    synchronized PauseMonitor pauseMonitor() {
        timer();
        return pauseMonitor;
    }

    /** Returns the timer of the consumers. Two threads, so that a log that blocks is not taken for a standstill. */
    synchronized ScheduledExecutorService timer() {
        if (timer == null) {
            pauseMonitor = new PauseMonitor(System::nanoTime);
            timer = getCamelContext().getExecutorServiceManager().newScheduledThreadPool(this, "CliniceaTimer", 2);
            timer.scheduleWithFixedDelay(pauseMonitor, 0, PauseMonitor.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return timer;
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
    }

    /** Identifies what one route does with one sync. A consumer that a caller polls itself has no route. */
    private record RouteOfSync(String syncId, String routeId) {}

    /**
     * Returns the history of a sync in a route, which goes on if the route is removed and added again. That of a route
     * which has been away for long is forgotten.
     */
    SyncHistory syncHistory(String syncId, String routeId) {
        synchronized (histories) {
            SyncHistory history =
                    histories.computeIfAbsent(new RouteOfSync(syncId, routeId), none -> new SyncHistory());
            if (histories.size() > MAX_HISTORIES) {
                histories.remove(histories.keySet().iterator().next());
            }
            return history;
        }
    }

    /** Returns the threads that fetch pages ahead for all consumers. */
    Executor pageFetchers() {
        return pageFetchers;
    }

    /** {@return the statistics of the producers; null before the component is initialized} */
    public ProducerHealth producerHealth() {
        return producerHealth;
    }

    /** Returns the threads on which operations wait for responses. */
    CallThreads callThreads() {
        return callThreads;
    }

    /** {@return the defaults for all endpoints of this component} */
    public CliniceaConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * Sets the defaults for all endpoints of this component; not null.
     *
     * @param configuration the defaults for all endpoints of this component; not null
     */
    public void setConfiguration(CliniceaConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Returns whether the context's global SSL parameters apply where an endpoint sets none. */
    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /** Sets whether the context's global SSL parameters apply where an endpoint sets none. Off by default. */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    /** {@return the maximum number of operations that wait for responses on threads of the component} */
    public int getMaxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    /**
     * Sets the maximum number of operations that wait for responses on threads of the component. Further operations
     * wait on the thread of their route. The default is 20.
     *
     * @param maxConcurrentCalls the maximum number of operations that wait for responses on threads of the component
     */
    public void setMaxConcurrentCalls(int maxConcurrentCalls) {
        this.maxConcurrentCalls = maxConcurrentCalls;
    }
}
