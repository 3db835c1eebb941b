/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/** Says whether a repository may lose the state of a sync, or cannot be used (docs/design/sync.md, section 2). */
public final class RepositoryAdvice {
    private RepositoryAdvice() {}

    /**
     * Returns the reason to choose another repository. It completes a sentence that begins with the repository.
     *
     * @param repository the repository of a sync
     * @return the reason; empty if nothing is known against the repository
     */
    static Optional<String> of(IdempotentRepository repository) {
        if (isCaffeine(repository) || repository instanceof MemoryIdempotentRepository) {
            return Optional.of("is kept in memory: after a restart the sync begins at syncFrom again");
        }
        if (repository instanceof FileIdempotentRepository) {
            return Optional.of(
                    "is a file that is truncated and written again, so that a crash can empty it. It forgets its"
                            + " oldest keys when it has grown large");
        }
        return Optional.empty();
    }

    /**
     * Returns the reason why a repository cannot keep the count of a budget. It completes a sentence that begins with
     * the repository.
     *
     * @param repository the repository of an endpoint with a budget
     * @return the reason; empty if nothing is known against the repository
     */
    public static Optional<String> ofBudget(IdempotentRepository repository) {
        if (isCaffeine(repository)) {
            return Optional.of("may drop any key, and the count with it");
        }
        // Camel's caches are maps of other kinds. They drop their oldest keys.
        boolean drops = repository instanceof MemoryIdempotentRepository memory
                && !(memory.getCache() instanceof ConcurrentMap || memory.getCache() instanceof HashMap);
        return drops ? Optional.of("drops its oldest keys, and the count with them") : Optional.empty();
    }

    private static boolean isCaffeine(IdempotentRepository repository) {
        // By name, since camel-caffeine may not be on the class path.
        return repository.getClass().getName().startsWith("org.apache.camel.component.caffeine.");
    }

    /**
     * Returns the exception that ends the start with a repository that no later attempt could use.
     *
     * @param cause what the repository threw
     */
    static IllegalArgumentException unusable(IdempotentRepository repository, String syncId, Throwable cause) {
        return new IllegalArgumentException(
                "The idempotentRepository of syncId '" + syncId + "' can never work as it is configured: "
                        + repository.getClass().getName() + " failed with "
                        + cause.getClass().getName()
                        + ". Give a JdbcMessageIdRepository its DataSource as a constructor argument, or set"
                        + " stateDataSource instead",
                cause);
    }
}
