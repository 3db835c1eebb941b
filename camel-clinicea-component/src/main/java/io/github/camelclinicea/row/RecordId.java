/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Compares the ids of records. Ids are compared as sent, except GUIDs. The case of their hexadecimal digits has no
 * meaning (RFC 9562), and two endpoints may send the same GUID in different cases.
 *
 * <p>Specified by {@code RowTest} and {@code RowVersionTest}.
 */
public final class RecordId {
    private static final int GUID_LENGTH = 36;

    private RecordId() {}

    /**
     * Returns the spelling in which ids are compared.
     *
     * @param id an id as sent, or null
     * @return the id; a GUID in lower case; null for null
     */
    public static String canonical(String id) {
        return id != null && id.length() == GUID_LENGTH && isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Returns whether an id is a GUID. This is called for each row, and a regular expression would take too long. */
    private static boolean isGuid(String id) {
        for (int i = 0; i < GUID_LENGTH; i++) {
            char c = id.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether two ids name the same record.
     *
     * @param one an id as sent, or null
     * @param other another, or null
     */
    public static boolean same(String one, String other) {
        return one == null ? other == null : other != null && canonical(one).equals(canonical(other));
    }

    /**
     * Returns 64 bits that stand for a record (FNV-1a, with a final mix). Two ids with the same key cost a needless
     * pass over the list, never a row.
     *
     * @param id an id as sent; not null
     */
    public static long key(String id) {
        String text = canonical(id);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
