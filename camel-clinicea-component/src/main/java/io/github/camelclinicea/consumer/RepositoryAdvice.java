/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.Optional;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * What a user should know of a repository that cannot keep what a sync must remember (docs/design/sync.md, section 2).
 */
final class RepositoryAdvice {
    private RepositoryAdvice() {}

    /** @return the reason to choose another repository, if there is one */
    static Optional<String> of(IdempotentRepository repository) {
        // By its name: camel-caffeine is a user's choice, not a dependency.
        boolean cache = repository.getClass().getName().startsWith("org.apache.camel.component.caffeine.");
        if (cache || repository instanceof MemoryIdempotentRepository) {
            return Optional.of("is kept in memory: after a restart the sync begins at syncFrom again");
        }
        if (repository instanceof FileIdempotentRepository) {
            return Optional.of(
                    "is a file that is rewritten by truncating, so that a crash can empty it, and that forgets"
                            + " its oldest keys when it has grown large");
        }
        return Optional.empty();
    }
}
