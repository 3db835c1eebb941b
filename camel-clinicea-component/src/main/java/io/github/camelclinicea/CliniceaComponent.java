/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.client.Connections;
import io.github.camelclinicea.client.http.HttpClientLoggers;
import io.github.camelclinicea.consumer.PauseMonitor;
import io.github.camelclinicea.producer.CallThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clinicea as a Camel component: {@code clinicea:resource}. Options that are set on the component's configuration are the
 * defaults of all its endpoints; what endpoints can share, connections and staff logins, they share through it.
 */
@Component("clinicea")
public class CliniceaComponent extends HealthCheckComponent implements SSLContextParametersAware {
    private static final Logger LOG = LoggerFactory.getLogger(CliniceaComponent.class);

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

    private final Map<Sync, Consumer> syncs = new ConcurrentHashMap<>();
    private Connections connections;
    private CallThreads callThreads;
    private ExecutorService pageFetchers;
    private ScheduledExecutorService heart;
    private PauseMonitor pulse;

    /** Made by Camel. */
    public CliniceaComponent() {}

    /** @param context the context that it belongs to */
    public CliniceaComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CliniceaConfiguration own = configuration.copy();
        own.setResource(remaining);
        Map<String, Object> further = PropertiesHelper.extractProperties(parameters, "parameter.");
        if (!further.isEmpty()) {
            own.setParameters(further);
        }
        CliniceaEndpoint endpoint = new CliniceaEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        boolean decidedElsewhere = own.getSslContextParameters() != null || own.getHttpComponent() != null;
        if (useGlobalSslContextParameters && !decidedElsewhere) {
            own.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        EndpointOptions.positive("maxConcurrentCalls", maxConcurrentCalls);
        connections = new Connections(getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        HttpClientLoggers.warnIfOn(LOG);
        callThreads = new CallThreads(getCamelContext(), maxConcurrentCalls);
        // Bounded by the polls that are under way, pagesInFlight for each; shared, so that many clinics need no more.
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
        stopPulse();
        super.doStop();
    }

    /**
     * Two consumers with one sync id in one repository would take each other's deliveries for their own.
     *
     * @throws IllegalArgumentException if another consumer of this component has it
     */
    void claimSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        Consumer other = syncs.putIfAbsent(new Sync(repository, syncId), consumer);
        if (other != null && other != consumer) {
            throw new IllegalArgumentException("syncId '" + syncId + "' is in use on the same idempotentRepository by "
                    + other.getEndpoint() + "; give each route a syncId of its own");
        }
    }

    void releaseSync(IdempotentRepository repository, String syncId, Consumer consumer) {
        syncs.remove(new Sync(repository, syncId), consumer);
    }

    /** A sync's place; two repositories are the same only if they are one object. */
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

    Connections connections() {
        return connections;
    }

    /** @return whether the process stands still, which consumers ask: it beats once the first of them does */
    synchronized PauseMonitor pulse() {
        if (heart == null) {
            pulse = new PauseMonitor(System::nanoTime);
            heart = getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "CliniceaPulse");
            heart.scheduleWithFixedDelay(pulse, 0, PauseMonitor.BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
        return pulse;
    }

    private synchronized void stopPulse() {
        if (heart != null) {
            getCamelContext().getExecutorServiceManager().shutdownNow(heart);
            heart = null;
        }
    }

    Executor pageFetchers() {
        return pageFetchers;
    }

    CallThreads callThreads() {
        return callThreads;
    }

    public CliniceaConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CliniceaConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public int getMaxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    public void setMaxConcurrentCalls(int maxConcurrentCalls) {
        this.maxConcurrentCalls = maxConcurrentCalls;
    }
}
