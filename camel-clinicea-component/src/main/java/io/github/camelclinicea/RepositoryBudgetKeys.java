/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.client.budget.BudgetKeys;
import io.github.camelclinicea.consumer.RepositoryAdvice;
import io.github.camelclinicea.sync.RepositoryKeys;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the count of a budget in the repository of a sync. Starts the repository before its first use: an operation may
 * need it before any consumer has started it.
 *
 * <p>Specified by {@code RequestBudgetRoutesTest}.
 */
final class RepositoryBudgetKeys implements BudgetKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryBudgetKeys.class);

    private final IdempotentRepository repository;
    private final RepositoryKeys keys;
    private final CamelContext context;
    private volatile boolean started;

    RepositoryBudgetKeys(IdempotentRepository repository, CamelContext context) {
        this.repository = repository;
        this.keys = new RepositoryKeys(repository);
        this.context = context;
    }

    /**
     * Warns if the repository forgets keys: the budget would then be exceeded unnoticed.
     *
     * @param resource the resource of the endpoint, for the log
     */
    void warnIfForgetful(String resource) {
        RepositoryAdvice.ofBudget(repository)
                .ifPresent(reason -> LOG.warn(
                        "The idempotentRepository of an endpoint of {} cannot keep the count of requestsPerDay and"
                                + " requestsPerMonth: it {}. Set stateDataSource, or use another durable"
                                + " idempotentRepository",
                        resource,
                        reason));
    }

    private RepositoryKeys started() {
        if (!started) {
            CamelContextAware.trySetCamelContext(repository, context);
            ServiceHelper.startService(repository);
            started = true;
        }
        return keys;
    }

    @Override
    public boolean contains(String key) {
        return started().contains(key);
    }

    @Override
    public boolean add(String key) {
        return started().add(key);
    }

    @Override
    public void removeAll(List<String> all) {
        started().removeAll(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryBudgetKeys same && same.repository == repository;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(repository);
    }
}
