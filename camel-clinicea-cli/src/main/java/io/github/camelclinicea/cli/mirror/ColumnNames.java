/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names the columns for the fields of records. A name is as the database folds it without quotes, so that a query needs
 * no quotes. A name that the database would refuse becomes another one. Remembers names; not thread-safe.
 *
 * <p>Specified by {@code ColumnNamesTest}.
 */
final class ColumnNames {
    /** PostgreSQL takes 63 bytes. */
    private static final int MOST_BYTES = 63;

    /** The bytes of a longer name that stay before its hash. */
    private static final int KEPT_BYTES = 54;

    /** The columns that each table of PostgreSQL or H2 has. */
    private static final Set<String> OF_THE_SYSTEM =
            Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid", "_rowid_");

    private static final String PREFIX = "field_";
    private static final String OF_NO_NAME = "unnamed";

    private final boolean lowerCase;
    private final Map<String, String> names = new HashMap<>();

    /** @param lowerCase whether the database folds names to lower case, as PostgreSQL does */
    ColumnNames(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    /** Returns the column of a field. */
    String of(String field) {
        return names.computeIfAbsent(field, this::name);
    }

    private String name(String field) {
        String plain = field.replace("\0", "");
        if (plain.isBlank()) {
            plain = OF_NO_NAME;
        }
        if (OF_THE_SYSTEM.contains(plain.toLowerCase(Locale.ROOT))) {
            plain = PREFIX + plain;
        }
        String folded = folded(plain);
        if (folded.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return folded;
        }
        int end = folded.length();
        while (folded.substring(0, end).getBytes(StandardCharsets.UTF_8).length > KEPT_BYTES) {
            end = folded.offsetByCodePoints(end, -1);
        }
        return folded(folded.substring(0, end) + "_" + HexFormat.of().toHexDigits(folded.hashCode()));
    }

    private String folded(String name) {
        return lowerCase ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
    }
}
