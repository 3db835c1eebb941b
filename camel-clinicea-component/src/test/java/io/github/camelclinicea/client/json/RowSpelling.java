/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Spells a row in one of the ways that JSON allows. */
final class RowSpelling {
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "ü/\\\"",
            "\n\t\u0001",
            "😀",
            "\ud83d",
            "\ude00\ud83d",
            "1",
            "null",
            "0b5e55ed-abcd-4000-8000-00000000000f",
            "0b5e55ed-abcd-4000-8000-00000000000g",
            "0b5e55edFabcd-4000-8000-00000000000f",
            "a text that is longer than what is copied in one go");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "10",
            "-1",
            "1.5",
            "0.001",
            "1E20",
            "1E19",
            "99999999999999999999",
            "1E-20",
            "12E100",
            "-7E-300",
            "123456789012345678901");

    private RowSpelling() {}

    static Arbitrary<Object> values(int depth, Arbitrary<String> names) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                        Arbitraries.of(TEXTS).asGeneric(),
                        Arbitraries.of(NUMBERS).map(BigDecimal::new).asGeneric(),
                        Arbitraries.of(true, false).asGeneric())
                .injectNull(0.15);
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> inner = values(depth - 1, names);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, scalar),
                net.jqwik.api.Tuple.of(1, inner.list().ofMaxSize(3).asGeneric()),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.maps(names, inner).ofMaxSize(3).asGeneric()));
    }

    /** Returns the value's text in a random spelling. */
    static String of(Object value, Random random) {
        boolean plain = random.nextInt(3) == 0;
        return spell(value, plain ? null : random);
    }

    private static String spell(Object value, Random random) {
        if (value instanceof Map<?, ?> map) {
            List<String> fields = map.entrySet().stream()
                    .filter(field -> field.getValue() != null || random == null || random.nextBoolean())
                    .map(field -> blank(random) + spell(field.getKey(), random) + blank(random) + ":" + blank(random)
                            + spell(field.getValue(), random) + blank(random))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (random != null && random.nextBoolean()) {
                Collections.shuffle(fields, random);
            }
            return "{" + String.join(",", fields) + "}";
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> blank(random) + spell(item, random) + blank(random))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof String text) {
            return "\"" + text(text, random) + "\"";
        }
        return value instanceof BigDecimal number ? number(number, random) : String.valueOf(value);
    }

    private static String blank(Random random) {
        return random == null || random.nextInt(4) > 0
                ? ""
                : List.of(" ", "\n", "\t ", "\r\n").get(random.nextInt(4));
    }

    private static String number(BigDecimal number, Random random) {
        if (random == null) {
            return number.toString();
        }
        BigDecimal scaled = random.nextBoolean() ? number.setScale(number.scale() + random.nextInt(3)) : number;
        return switch (random.nextInt(4)) {
            case 0 -> scaled.unscaledValue() + (random.nextBoolean() ? "e" : "E") + -scaled.scale();
            case 1 -> scaled.toPlainString();
            case 2 -> scaled.signum() == 0 ? "-0" : scaled.toString().replace("E+", "e");
            default -> scaled.toString();
        };
    }

    private static String text(String text, Random random) {
        boolean upper = random != null && text.length() == 36 && text.charAt(8) == '-' && text.endsWith("f");
        String spelled = upper && random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text;
        return spelled.chars().mapToObj(c -> character((char) c, random)).collect(Collectors.joining());
    }

    /** Returns a character, escaped or not. Both halves of a surrogate pair must be escaped, or neither. */
    private static String character(char c, Random random) {
        boolean escaped = Character.isSurrogate(c) || c < ' ' || random != null && random.nextInt(5) == 0;
        String unit = HexFormat.of().toHexDigits(c);
        if (c == '"' || c == '\\') {
            return random != null && random.nextBoolean() ? "\\u" + unit : "\\" + c;
        }
        if (c == '\n' && (random == null || random.nextBoolean())) {
            return "\\n";
        }
        if (c == '/' && random != null && random.nextBoolean()) {
            return "\\/";
        }
        return escaped
                ? "\\u" + (random != null && random.nextBoolean() ? unit.toUpperCase(Locale.ROOT) : unit)
                : String.valueOf(c);
    }
}
