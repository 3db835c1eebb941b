/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.List;

/** A page that cannot be taken for one. The message holds no content of it but the id of a row. */
public final class MalformedPageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A longer id is left out. */
    private static final int LONGEST_ID_SHOWN = 64;

    private final boolean rows;
    private final boolean tooLarge;

    /** A page that shows no rows. */
    public MalformedPageException(String message) {
        this(message, false, false);
    }

    /** @param rows whether it has rows all the same */
    MalformedPageException(String message, boolean rows) {
        this(message, rows, false);
    }

    private MalformedPageException(String message, boolean rows, boolean tooLarge) {
        super(message);
        this.rows = rows;
        this.tooLarge = tooLarge;
    }

    /** Returns the exception for a page that has more of something than it may have. */
    static MalformedPageException tooLarge(String message) {
        return new MalformedPageException(message, true, true);
    }

    /**
     * Returns the exception for a page of which a row cannot be read.
     *
     * @param before the rows before it; the id of the last one is how a person finds the row in the clinic
     * @param why what is wrong with it
     */
    public static MalformedPageException at(List<Row> before, String why) {
        return at(before, why, false);
    }

    /** As {@link #at(List, String)}, for a row that may be larger than it may be. */
    public static MalformedPageException at(List<Row> before, String why, boolean tooLarge) {
        String id = before.isEmpty() ? null : before.get(before.size() - 1).id();
        return new MalformedPageException(
                "its row " + before.size() + (isShown(id) ? ", behind the row with id " + id + ", " : " ") + why,
                true,
                tooLarge);
    }

    /** Returns whether the page has rows all the same. */
    public boolean hasRows() {
        return rows;
    }

    /** Returns whether the page is whole but larger than it may be, so that it will be the same again. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    private static boolean isShown(String id) {
        return id != null
                && id.length() <= LONGEST_ID_SHOWN
                && id.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }
}
