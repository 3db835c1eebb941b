package io.github.camelclinicea.row;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The id of a record. Ids are compared as sent, except GUIDs: the case of their hexadecimal digits has no meaning (RFC 9562),
 * and an endpoint may send them in another case than the next one does.
 */
public final class RecordId {
    private static final int GUID_LENGTH = 36;
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private RecordId() {}

    /**
     * Returns the spelling by which an id is compared.
     *
     * @param id an id as sent, or null
     * @return the id; a GUID in lower case; null for null
     */
    public static String canonical(String id) {
        return id != null && id.length() == GUID_LENGTH && GUID.matcher(id).matches()
                ? id.toLowerCase(Locale.ROOT)
                : id;
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
