/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the URIs of endpoints, and reads values that are copied from one. Camel takes a value within {@code RAW(…)} or
 * {@code RAW{…}} as it stands.
 *
 * <p>Specified by {@code EndpointUriTest}.
 */
public final class EndpointUri {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/-]*");
    private static final Pattern RAW = Pattern.compile("RAW\\((?<round>.*)\\)|RAW\\{(?<curly>.*)\\}");

    private EndpointUri() {}

    /**
     * Returns the URI of an endpoint.
     *
     * @param resource the resource
     * @param options its options as Camel is to have them, in the order in which they are written
     */
    public static String of(String resource, Map<String, String> options) {
        String query = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + quoted(option.getValue()))
                .collect(Collectors.joining("&"));
        return "clinicea:" + resource + (query.isEmpty() ? "" : "?" + query);
    }

    /**
     * Returns a URI with further options.
     *
     * @param uri the URI
     * @param options the options, as they stand in a URI
     */
    public static String with(String uri, String options) {
        return uri + (uri.contains("?") ? '&' : '?') + options;
    }

    private static String quoted(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        return value.contains(")&") ? "RAW{" + value + "}" : "RAW(" + value + ")";
    }

    /** Returns the value that Camel reads where this text stands in a URI. */
    public static String unquoted(String text) {
        Matcher raw = RAW.matcher(text);
        if (!raw.matches()) {
            return text;
        }
        return raw.group("round") != null ? raw.group("round") : raw.group("curly");
    }
}
