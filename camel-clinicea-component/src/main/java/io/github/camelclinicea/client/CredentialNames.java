/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names by which a message could show a credential in place of the endpoint's own. Names are compared by their
 * letters and digits alone, in whatever capitals, since a server may do the same; and by each of their parts, since
 * some servers read {@code name[0]} and {@code x.name} as parts of a parameter.
 */
public final class CredentialNames {
    /**
     * Of keys, of logins and their tokens (docs/design/wire.md, section 1), and of the headers that usually carry them.
     */
    private static final Set<String> ALWAYS =
            Set.of("api", "apikey", "xapikey", "loginusername", "pwd", "authorization");

    /** What a record may have for a field of its own, as that of a member of the staff or of a device. */
    private static final Set<String> IN_QUERY = Set.of("password", "token", "accesstoken");

    private static final String STAFF = "username";

    /** What ends a name for one server or another, or begins a part of it. */
    private static final Pattern PART = Pattern.compile("[\\[\\].=&;?#\\x00]+");

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]");

    private static final Pattern ENCODED = Pattern.compile("(%[0-9A-Fa-f]{2})+");

    /** As older servers of Microsoft read it. */
    private static final Pattern ENCODED_UTF_16 = Pattern.compile("%[uU]([0-9A-Fa-f]{4})");

    /** What is encoded more often is decoded by no chain of servers. */
    private static final int MOST_ENCODINGS = 4;

    private final Set<String> everywhere;
    private final Set<String> inQuery;

    private CredentialNames(Set<String> everywhere, Set<String> inQuery) {
        this.everywhere = everywhere;
        this.inQuery = inQuery;
    }

    /**
     * Returns the names for an endpoint.
     *
     * @param apiKeyHeaders the headers that carry its key
     * @param staffLogin whether it logs in as a member of the staff
     */
    public static CredentialNames of(List<String> apiKeyHeaders, boolean staffLogin) {
        Set<String> everywhere = new HashSet<>(ALWAYS);
        apiKeyHeaders.forEach(name -> everywhere.add(letters(name)));
        Set<String> inQuery = new HashSet<>(IN_QUERY);
        if (staffLogin) {
            inQuery.add(STAFF);
        }
        return new CredentialNames(everywhere, inQuery);
    }

    /** Returns whether a name is one that is refused in a query and in a body alike. */
    public boolean hold(String name) {
        return anyPart(name, everywhere);
    }

    /** Returns whether a name is refused in a query only, where an operation does not define it. */
    public boolean holdInQuery(String name) {
        return anyPart(name, inQuery);
    }

    private static boolean anyPart(String name, Set<String> names) {
        return PART.splitAsStream(Normalizer.normalize(decoded(name), Normalizer.Form.NFKD))
                .anyMatch(part -> names.contains(letters(part)));
    }

    /** Some capitals have a small letter of their own, and no other way than over another capital. */
    private static String letters(String text) {
        return NO_LETTER.matcher(text).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String decoded(String name) {
        String decoded = name;
        for (int i = 0; i < MOST_ENCODINGS && decoded.indexOf('%') >= 0; i++) {
            decoded = ENCODED.matcher(decoded).replaceAll(run -> Matcher.quoteReplacement(utf8(run.group())));
            decoded = ENCODED_UTF_16
                    .matcher(decoded)
                    .replaceAll(unit ->
                            Matcher.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(unit.group(1)))));
        }
        return decoded;
    }

    private static String utf8(String encoded) {
        return new String(HexFormat.of().parseHex(encoded.replace("%", "")), StandardCharsets.UTF_8);
    }
}
