package io.github.camelclinicea.client;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a request shows who sends it (wire-contract section 1). */
public sealed interface Credentials permits ApiKey, StaffLogin {
    /**
     * What to add to a request.
     *
     * @param headers headers to add
     * @param query query parameters to add
     */
    record Proof(List<Parameter> headers, List<Parameter> query) {}

    /** What keys, logins and their tokens travel by, in lower case. */
    Set<String> NAMES = Set.of("api", "api_key", "apikey", "loginusername", "pwd");

    /**
     * Returns whether a parameter of that name carries a credential, in whatever capitals. A server that reads names without
     * regard to capitals would take it for one; others read {@code name[0]} and {@code name.x} as parts of {@code name}, and
     * some drop or replace what looks alike or is not seen.
     *
     * @param name not null
     */
    static boolean isParameter(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceFirst("^([^\\[.]+)[\\[.].*", "$1");
        String letters = plain.replaceAll("[^\\p{L}\\p{N}_]", "");
        return NAMES.contains(letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }
}
