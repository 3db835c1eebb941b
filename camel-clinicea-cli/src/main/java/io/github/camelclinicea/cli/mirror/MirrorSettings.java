/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.util.List;
import java.util.Set;

/**
 * Says what a mirror reads and how.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 *
 * @param resources the mirrored resources, in the order given
 * @param options options of the endpoints
 * @param delay the time between two polls of a list, as Camel writes it
 * @param tablePrefix the prefix of all tables. The sandbox has its own, because it empties its tables at each start and
 *     must not empty a real mirror
 * @param reset the lists whose sync begins again, with an empty table
 * @param sameAccount whether another key or login is of the same account
 */
record MirrorSettings(
        List<Mirrored> resources,
        ListOptions options,
        String delay,
        String tablePrefix,
        Set<Mirrored> reset,
        boolean sameAccount) {
    /** The prefix of an account's tables. */
    static final String OF_AN_ACCOUNT = "mirror_";

    /** The prefix of the sandbox's tables. */
    static final String OF_THE_SANDBOX = "sandbox_";

    /** Creates settings that go on with the state of the last run. */
    MirrorSettings(List<Mirrored> resources, ListOptions options, String delay, String tablePrefix) {
        this(resources, options, delay, tablePrefix, Set.of(), false);
    }

    /** Returns the lists to read. */
    List<Mirrored> lists() {
        return Mirrored.lists(resources);
    }

    boolean hasBills() {
        return resources.contains(Mirrored.BILLS);
    }

    /** Returns the table of a resource. */
    String table(Mirrored what) {
        return what.table(tablePrefix);
    }
}
