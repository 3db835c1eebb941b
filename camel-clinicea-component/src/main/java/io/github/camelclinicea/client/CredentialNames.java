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
 * Holds the names under which a message could send a credential in place of the endpoint's own. Names are compared by
 * their letters and digits only, in any case, because a server may do the same. Each part of a name is compared,
 * because some servers read {@code name[0]} and {@code x.name} as parts of a parameter.
 *
 * <p>Specified by {@code ArgumentsTest}.
 */
public final class CredentialNames {
    /**
     * The names of keys, of logins and their tokens (docs/design/wire.md, section 1), and of the usual headers for
     * them.
     */
    private static final Set<String> ALWAYS =
            Set.of("api", "apikey", "xapikey", "loginusername", "pwd", "authorization");

    /** Names that may also be fields of a record, for example of a staff member or a device. */
    private static final Set<String> IN_QUERY = Set.of("password", "token", "accesstoken");

    private static final String STAFF = "username";

    /** Characters that end a name for some server, or begin a part of it. */
    private static final Pattern PART = Pattern.compile("[\\[\\].=&;?#\\x00]+");

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]");

    private static final Pattern ENCODED = Pattern.compile("(%[0-9A-Fa-f]{2})+");

    /** The encoding that older Microsoft servers read. */
    private static final Pattern ENCODED_UTF_16 = Pattern.compile("%[uU]([0-9A-Fa-f]{4})");

    /** No chain of servers decodes a name more often. */
    private static final int MAX_ENCODINGS = 4;

    private final Set<String> everywhere;
    private final Set<String> inQuery;

    private CredentialNames(Set<String> everywhere, Set<String> inQuery) {
        this.everywhere = everywhere;
        this.inQuery = inQuery;
    }

    /**
     * Returns the names for an endpoint.
     *
     * @param apiKeyNames the names of the headers and of the query parameter that may carry its API key
     * @param staffLogin whether it logs in as a staff member
     */
    public static CredentialNames of(List<String> apiKeyNames, boolean staffLogin) {
        Set<String> everywhere = new HashSet<>(ALWAYS);
        apiKeyNames.forEach(name -> everywhere.add(letters(name)));
        Set<String> inQuery = new HashSet<>(IN_QUERY);
        if (staffLogin) {
            inQuery.add(STAFF);
        }
        return new CredentialNames(everywhere, inQuery);
    }

    /** Returns whether a name is refused both in a query and in a body. */
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

    /** Returns the letters and digits in lower case. Some letters reach their common lower case only by upper case. */
    private static String letters(String text) {
        return NO_LETTER.matcher(text).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String decoded(String name) {
        String decoded = name;
        for (int i = 0; i < MAX_ENCODINGS && decoded.indexOf('%') >= 0; i++) {
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
