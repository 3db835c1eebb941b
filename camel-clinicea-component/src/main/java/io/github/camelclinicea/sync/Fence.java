/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Keeps the transactions of two nodes apart. Each transaction that delivers rows replaces a token in the repository,
 * the key {@code <syncId>=~<random>}. A node knows the token from the beginning of its poll. If another node has
 * delivered since, that token is gone, and the transaction is rolled back: the rows may be outdated or delivered.
 *
 * <p>Needs a repository that lists its keys. With any other, it does nothing. Used by the thread that polls.
 */
final class Fence {
    private static final String FIRST = "0";

    /** Fits a column of 100 characters with the longest sync id. */
    private static final int DIGITS = 21;

    /** The rest of a token. The keys of a sync whose id begins with the prefix have a separator there. */
    private static final Predicate<String> TOKEN = Pattern.compile("[0-9a-f]+").asMatchPredicate();

    private final RepositoryKeys keys;
    private final String syncId;
    private final String prefix;
    private final boolean fences;

    /** The token that a poll or a committed transaction of this node left; null before the first poll. */
    private String token;

    /** The token of the last transaction, which may have been rolled back; null if there was none. */
    private String next;

    /** @param transacted whether the sync delivers its rows in transactions */
    Fence(RepositoryKeys keys, String syncId, boolean transacted) {
        this.keys = keys;
        this.syncId = syncId;
        this.prefix = syncId + "=~";
        this.fences = transacted && keys.isBulk();
    }

    /** Returns whether it keeps the transactions of two nodes apart. */
    boolean isUp() {
        return fences;
    }

    /** Begins a poll; returns whether another node has delivered rows since the last one of this node. */
    boolean wasOvertaken() {
        if (!fences) {
            return false;
        }
        if (isThere(next)) {
            token = next;
        } else if (!isThere(token)) {
            String found = find();
            boolean overtaken = token != null && !found.equals(token);
            token = found;
            next = null;
            return overtaken;
        }
        next = null;
        return false;
    }

    /** Returns whether a token is there; not of the first one, which may stand beside a later one. */
    private boolean isThere(String one) {
        return one != null && !one.equals(prefix + FIRST) && keys.contains(one);
    }

    private String find() {
        List<String> found = list();
        if (found.isEmpty()) {
            keys.add(prefix + FIRST);
            found = list();
        }
        if (found.size() > 1 && found.remove(prefix + FIRST)) {
            // Another node made the first token and replaced it, between the look and the add.
            keys.remove(prefix + FIRST);
        }
        // Only one transaction can have replaced a token. Who holds another one is overtaken, and goes on.
        String kept = Collections.min(found);
        found.stream().filter(key -> !key.equals(kept)).forEach(keys::remove);
        return kept;
    }

    private List<String> list() {
        List<String> found = new ArrayList<>();
        keys.forEach(prefix, key -> {
            if (TOKEN.test(key.substring(prefix.length()))) {
                found.add(key);
            }
            return true;
        });
        return found;
    }

    /**
     * Removes the token, inside the transaction. Transactions of other nodes then wait for this one to end.
     *
     * @return the keys to add in the same transaction
     * @throws OvertakenException if another node has delivered rows since this poll began
     */
    List<String> replaceToken() {
        if (!fences) {
            return List.of();
        }
        RepositoryKeys inTransaction = keys.inTransaction();
        if (next != null && inTransaction.remove(next)) {
            token = next;
        } else if (!inTransaction.remove(token)) {
            throw new OvertakenException(syncId);
        }
        next = prefix + UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
        return List.of(next);
    }

    /** Returns whether no other node has delivered rows since this poll began. */
    boolean holds() {
        return !fences || next != null && keys.contains(next) || keys.contains(token);
    }
}
