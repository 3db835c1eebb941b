/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a query as it was sent, since what is percent-encoded in it matters here: a bare plus is a blank. */
final class RawQuery {
    private RawQuery() {}

    /**
     * @param raw a query without its question mark
     * @return its parameters in their order, decoded; one without {@code =} has the value ""
     * @throws Refusal 400, if a parameter comes twice
     */
    static Map<String, String> parse(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw.isEmpty()) {
            return parameters;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw Refusal.badRequest("parameter '" + name + "' comes twice");
            }
        }
        return parameters;
    }

    /** Also for the last segment of a path, in which a plus is not to be expected: ids are GUIDs. */
    static String decode(String text) {
        // A percent sign that starts no byte never gets here: WireMock itself stumbles over it and answers 500.
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
