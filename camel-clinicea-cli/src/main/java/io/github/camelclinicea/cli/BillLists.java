/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

/**
 * Names the lists of bills. Deleted bills have a list of their own. The mirror reads it by itself when it reads bills,
 * so the user does not name it.
 *
 * <p>Specified by {@code MirrorCommandTest} and {@code MirrorLineTest}.
 */
public final class BillLists {
    /** The bills that exist. */
    public static final String BILLS = "bills";

    /** The bills that were deleted. */
    public static final String DELETED = "deletedBills";

    private BillLists() {}
}
