/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The id of a record. Ids are compared as sent, except GUIDs: the case of their hexadecimal digits has no meaning (RFC 9562),
 * and an endpoint may send them in another case than the next one does.
 */
public final class RecordId {
    private static final int GUID_LENGTH = 36;

    private RecordId() {}

    /**
     * Returns the spelling by which an id is compared.
     *
     * @param id an id as sent, or null
     * @return the id; a GUID in lower case; null for null
     */
    public static String canonical(String id) {
        return id != null && id.length() == GUID_LENGTH && isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Asked for each row, for which a pattern takes too long. */
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
     * Returns 64 bits by which records are told apart (FNV-1a, with a final mix). Two ids with the same key cost a needless
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
