/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes text for a URL. Everything except letters, digits and {@code -._~} is percent-encoded as UTF-8. In a query
 * the colon stays as it is, because one report says that encoded colons were refused (docs/design/wire.md, section 2).
 */
public final class Encoding {
    private static final String HEX = "0123456789ABCDEF";

    private Encoding() {}

    /**
     * Returns one segment of a path.
     *
     * @param id the text of the segment, with any characters
     * @throws IllegalArgumentException for an empty text, {@code .} and {@code ..}, which have no encoding as a segment
     */
    public static String pathSegment(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("an empty id, '.' and '..' cannot be part of a path");
        }
        return text(id);
    }

    /** Returns a text for any part of a URI. Only letters, digits and {@code -._~} stay as they are. */
    public static String text(String text) {
        return encode(text, "");
    }

    /** Returns the query with its {@code ?}; empty if there are no parameters. */
    public static String query(List<Parameter> parameters) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : parameters) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(text(parameter.name()))
                    .append('=')
                    .append(encode(parameter.value(), ":"));
        }
        return query.toString();
    }

    private static String encode(String text, String alsoPlain) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-._~".indexOf(c) >= 0
                    || alsoPlain.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
