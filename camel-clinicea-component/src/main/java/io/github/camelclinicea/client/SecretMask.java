/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Replaces credentials in a text that a server sent. A server may echo a credential as it is, or in an encoding: of
 * URLs, HTML, JSON, Base64 or hexadecimal. Letters are compared without regard to case, except in Base64.
 */
final class SecretMask {
    private static final String MASK = "xxxxxx";

    /** A shorter part of a Base64 text may occur by chance. */
    private static final int LEAST_BASE64 = 4;

    private static final int LEAST_HEX = 8;

    /** Backslashes in a row, or any other character. */
    private static final Pattern RUN = Pattern.compile("\\\\+|.", Pattern.DOTALL);

    private SecretMask() {}

    /**
     * Returns the text with a mask in place of each secret; empty if the secrets are too long to be looked for.
     *
     * @param secrets the secrets; blank ones are ignored
     */
    static String hide(String text, Collection<String> secrets) {
        // The longest first: one secret may be a part of another.
        String any = secrets.stream()
                .filter(secret -> !secret.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(SecretMask::pattern)
                .collect(Collectors.joining("|"));
        if (any.isEmpty()) {
            return text;
        }
        try {
            return Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(text)
                    .replaceAll(MASK);
        } catch (StackOverflowError | PatternSyntaxException e) {
            // A pattern takes some stack for each character of a secret.
            return "";
        }
    }

    /** Returns the longest that an encoding of one of the secrets may be. */
    static int longest(Collection<String> secrets) {
        return secrets.stream().mapToInt(String::length).max().orElse(0) * longestOf(Character.MAX_CODE_POINT);
    }

    /** Returns how long an encoding of one character may be: {@code %2525F4} for each of its bytes. */
    private static int longestOf(int codePoint) {
        return utf8(Character.toString(codePoint)).length * "%252525F4".length();
    }

    private static String pattern(String secret) {
        List<String> forms = new ArrayList<>();
        forms.add(RUN.matcher(secret)
                .results()
                .map(run -> run.group().startsWith("\\")
                        ? backslashes(run.group().length())
                        : character(run.group().codePointAt(0)))
                .collect(Collectors.joining()));
        String hex = HexFormat.of().formatHex(utf8(secret));
        if (hex.length() >= LEAST_HEX) {
            forms.add(hex);
        }
        for (int offset = 0; offset < 3; offset++) {
            String base64 = base64(utf8(secret), offset);
            if (base64.length() >= LEAST_BASE64) {
                forms.add("(?-i:" + base64.replace("+", "[+-]").replace("/", "[/_]") + ")");
            }
        }
        return String.join("|", forms);
    }

    /**
     * Returns a pattern of at least so many backslashes, which an encoding multiplies. It begins at the first and takes
     * all, since trying each beginning and each number would take very long.
     */
    private static String backslashes(int count) {
        return "(?<!\\\\)(?:" + character('\\') + "{" + count + "}+\\\\*+)";
    }

    /** Returns a pattern of all encodings of a character. */
    private static String character(int c) {
        StringBuilder percent = new StringBuilder();
        for (byte part : utf8(Character.toString(c))) {
            percent.append(String.format(Locale.ROOT, "%%(?:25){0,3}%02x", part & 0xff));
        }
        StringBuilder units = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            units.append(String.format(Locale.ROOT, "[\\\\%%]{0,4}u%04x", (int) unit));
        }
        String named =
                switch (c) {
                    case '&' -> "|&(?:amp;)+";
                    case '<' -> "|&lt;";
                    case '>' -> "|&gt;";
                    case '"' -> "|&quot;|\\\\{1,4}\"";
                    case '\'' -> "|&apos;|\\\\{1,4}'";
                    case '/' -> "|\\\\{1,4}/";
                    case ' ' -> "|\\+";
                    default -> "";
                };
        // The longer ones first: an encoding of & or of % begins with that character.
        return "(?:" + percent + "|" + units + String.format(Locale.ROOT, "|&#0*%d;|&#x0*%x;", c, c) + named + "|"
                + Pattern.quote(Character.toString(c)) + ")";
    }

    /**
     * Returns the characters that stand for nothing but the secret, if that is Base64 behind a number of other bytes.
     */
    private static String base64(byte[] secret, int offset) {
        byte[] whole = new byte[offset + secret.length];
        System.arraycopy(secret, 0, whole, offset, secret.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(whole);
        return text.substring((offset * 8 + 5) / 6, whole.length * 8 / 6);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
