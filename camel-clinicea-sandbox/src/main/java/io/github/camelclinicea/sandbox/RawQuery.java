/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a query as it was sent, because its percent-encoding matters: a plus that is not encoded is a blank.
 *
 * <p>Specified by {@code RefusalTest}.
 */
final class RawQuery {
    private RawQuery() {}

    /**
     * Returns the decoded parameters in their order. A parameter without {@code =} has the value "".
     *
     * @param raw a query without its question mark
     * @throws Refusal 400, if a parameter occurs twice
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
                throw Refusal.badRequest("parameter '" + name + "' occurs twice");
            }
        }
        return parameters;
    }

    /** Decodes a name or a value. Also serves for the last segment of a path: it is a GUID and has no plus. */
    static String decode(String text) {
        // A percent sign without a byte never gets here: WireMock fails on it with a 500.
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
