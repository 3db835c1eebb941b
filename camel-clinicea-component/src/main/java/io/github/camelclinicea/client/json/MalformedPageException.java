/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.List;

/**
 * Reports that a response is not a page of rows. Of its content, the message quotes at most the id of a row.
 *
 * <p>Specified by {@code RowReaderTest} and {@code RowByRowReaderTest}.
 */
public final class MalformedPageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A longer id is left out. */
    private static final int LONGEST_ID_SHOWN = 64;

    private final boolean rows;
    private final boolean tooLarge;

    /** Creates the exception for a page without rows. */
    public MalformedPageException(String message) {
        this(message, false, false);
    }

    /** @param rows whether the page has rows */
    MalformedPageException(String message, boolean rows) {
        this(message, rows, false);
    }

    private MalformedPageException(String message, boolean rows, boolean tooLarge) {
        super(message);
        this.rows = rows;
        this.tooLarge = tooLarge;
    }

    /** Returns the exception for a page that exceeds a limit. */
    static MalformedPageException tooLarge(String message) {
        return new MalformedPageException(message, true, true);
    }

    /**
     * Returns the exception for a page with a row that cannot be read.
     *
     * @param before the rows before it; the id of the last one helps a person find the row in Clinicea
     * @param why what is wrong with the row, as the rest of a sentence
     */
    public static MalformedPageException at(List<Row> before, String why) {
        return at(before, why, false);
    }

    /**
     * As {@link #at(List, String)}.
     *
     * @param tooLarge whether the row is larger than the limit
     */
    public static MalformedPageException at(List<Row> before, String why, boolean tooLarge) {
        String id = before.isEmpty() ? null : before.get(before.size() - 1).id();
        return new MalformedPageException(
                "its row " + before.size() + (isShown(id) ? ", behind the row with id " + id + ", " : " ") + why,
                true,
                tooLarge);
    }

    /** Returns whether the page has rows, although it cannot be read. */
    public boolean hasRows() {
        return rows;
    }

    /** Returns whether the page is complete but exceeds a limit, so that a repetition would get the same page. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    private static boolean isShown(String id) {
        return id != null
                && id.length() <= LONGEST_ID_SHOWN
                && id.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }
}
