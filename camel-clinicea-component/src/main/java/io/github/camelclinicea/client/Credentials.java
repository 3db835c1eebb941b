package io.github.camelclinicea.client;

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
     * regard to capitals would take it for one.
     *
     * @param name not null
     */
    static boolean isParameter(String name) {
        return NAMES.contains(name.strip().toLowerCase(Locale.ROOT));
    }
}
