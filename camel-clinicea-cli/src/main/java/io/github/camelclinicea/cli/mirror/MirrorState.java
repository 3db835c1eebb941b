/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.state.JdbcSyncRepository;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Looks at the state of the syncs before the routes start, and changes it.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class MirrorState {
    /** Begins the key with the account's hash. No sync has a slash in its name. */
    private static final String ACCOUNT = "mirror/account=";

    /** Ends the key that makes a sync begin again at its next start (docs/design/sync.md, section 3a, rule 13). */
    private static final String RESET = "=reset";

    private final JdbcSyncRepository repository;

    /** @param repository the repository of the syncs, which is started */
    MirrorState(JdbcSyncRepository repository) {
        this.repository = repository;
    }

    /** Makes the sync of a list begin again, also if its state belongs to another list. */
    void reset(Mirrored list) {
        repository.add(list.resource() + RESET);
    }

    /**
     * Keeps a hash of the account's credential, so that no other clinic's rows get among its own.
     *
     * @param renewed whether the user says that another credential is of the same account
     * @throws CommandFailedException if the state has another credential
     */
    void requireAccount(Account account, boolean renewed) {
        Set<String> kept = new HashSet<>();
        repository.forEach(ACCOUNT, kept::add);
        String own = ACCOUNT + hash(account);
        if (!kept.isEmpty() && !kept.contains(own)) {
            if (!renewed) {
                throw new CommandFailedException("The database has the mirror of another key or login. Name another"
                        + " --file or --jdbc-url, or give --same-account if this account's key was renewed");
            }
            repository.removeAll(kept);
        }
        repository.add(own);
    }

    private static String hash(Account account) {
        String credential = account.apiKey() != null ? "key " + account.apiKey() : "login " + account.username();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((ACCOUNT + credential).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java platform has SHA-256", e);
        }
    }
}
