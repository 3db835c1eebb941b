/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.time.Instant;

/**
 * A failed row that waits for its next attempt, as an operator sees it.
 *
 * @param recordId the record's id; null if the row has none
 * @param status its status as sent, or null
 * @param modified its modified stamp as sent, or null
 * @param attempts how often this process has emitted this version
 * @param heldSince when its first attempt failed, by the local clock
 * @param nextAttempt the moment before which it is not emitted again, by the local clock; not null
 * @param lastFailure the class name of the last exception, without its message, which may hold content; null if it is
 *     not known
 * @param version the name of this version of the row in the delivery ledger, a hash
 */
public record HeldRow(
        String recordId,
        String status,
        String modified,
        int attempts,
        Instant heldSince,
        Instant nextAttempt,
        String lastFailure,
        String version) {}
