/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How text becomes part of a URL. Everything but letters, digits and {@code -._~} is percent-encoded as UTF-8; in a
 * query the colon stays as it is, since one report has encoded colons refused (docs/design/wire.md, section 2).
 */
public final class Encoding {
    private static final String HEX = "0123456789ABCDEF";

    private Encoding() {}

    /**
     * @param id what is to be one segment of a path, whatever it contains
     * @return the segment
     * @throws IllegalArgumentException for an empty text, {@code .} and {@code ..}, which no encoding can make data
     */
    public static String pathSegment(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("an empty id, '.' and '..' cannot be part of a path");
        }
        return encode(id, "");
    }

    /** @return the query with its {@code ?}, or nothing if there are no parameters */
    public static String query(List<Parameter> parameters) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : parameters) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(encode(parameter.name(), ""))
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
