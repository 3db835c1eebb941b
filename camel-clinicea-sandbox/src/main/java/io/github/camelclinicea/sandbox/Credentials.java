/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks the credentials of a request: the API key in a header or in the query, or the token of a staff login in the
 * query.
 *
 * <p>Specified by {@code RefusalTest} and {@code StaffLoginTest}.
 */
final class Credentials {
    static final String LOGIN_PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    // The help page shows one header, live integrations the other (docs/design/wire.md, section 1).
    private static final List<String> KEY_HEADERS = List.of("api", "api_key");
    private static final List<String> LOGIN_PARAMETERS = List.of("apiKey", "loginUserName", "pwd");

    private final String key;
    private final String user;
    private final String password;
    private final Dice dice;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger logins = new AtomicInteger();

    Credentials(String key, String user, String password, Seed seed) {
        this.key = key;
        this.user = user;
        this.password = password;
        this.dice = seed.dice("tokens", 1);
    }

    /**
     * Accepts a request that has a right credential and no wrong one.
     *
     * @throws Refusal 401 otherwise
     */
    void check(SandboxRequest request) {
        boolean known = false;
        for (String header : KEY_HEADERS) {
            String value = request.header().apply(header);
            if (value != null && !value.equals(key)) {
                throw Refusal.unauthorized("the API key in header '" + header + "' is wrong");
            }
            known |= value != null;
        }
        String token = request.query().get(Parameters.TOKEN);
        if (token != null && !token.equals(key) && !tokens.contains(token)) {
            throw Refusal.unauthorized("the API key or token in the query is wrong or has expired");
        }
        if (!known && token == null) {
            throw Refusal.unauthorized("no API key in header 'api' or 'api_key', and none and no token in the query");
        }
    }

    /** Logs a member of staff in. The response is the token as a bare JSON string. */
    SandboxResponse login(SandboxRequest request, String id) {
        Map<String, String> query = request.query();
        Parameters.refuseUnknown(query, Set.copyOf(LOGIN_PARAMETERS));
        for (String name : LOGIN_PARAMETERS) {
            if (query.getOrDefault(name, "").isBlank()) {
                throw Parameters.missing(name);
            }
        }
        if (!query.get("apiKey").equals(key)
                || !query.get("loginUserName").equals(user)
                || !query.get("pwd").equals(password)) {
            throw Refusal.unauthorized("unknown API key, user or password");
        }
        String token;
        synchronized (dice) {
            token = "sandbox-token-" + logins.incrementAndGet() + "-" + dice.guid();
        }
        tokens.add(token);
        return SandboxResponse.json(token);
    }

    void expireTokens() {
        tokens.clear();
    }
}
