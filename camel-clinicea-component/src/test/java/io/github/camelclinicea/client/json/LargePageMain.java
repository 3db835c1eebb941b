/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.camelclinicea.testing.TestRow;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads a large page. The exit code is 0 if the page was read or refused. */
final class LargePageMain {
    private static final String NAMES = "\"a#######\":0,\"b#######\":0,\"c#######\":0,\"d#######\":0,\"e#######\":0";
    private static final int SIZE = 32 * 1024 * 1024;

    /** Names the contents of the page. */
    enum Page {
        EMPTY_ROWS("[", "{},", "{}]"),
        NULLS("[", "null,", "{}]"),
        ONE_LONG_TEXT("[{\"a\":\"", "x", "\"}]"),
        ONE_ROW_OF_FIELDS("[{", "\"f#######\":0,", "\"a\":0}]"),
        ONE_ROW_OF_OBJECTS("[{\"a\":[", "{},", "{}]}]"),
        ONE_ROW_OF_NUMBERS("[{\"a\":[", "1,", "1]}]"),
        ROWS_OF_OBJECTS("[", "{\"a\":[" + "{},".repeat(1_000_000) + "{}]},", "{}]"),
        ROWS_OF_NAMES("[", "{" + NAMES + ",\"Name\":\"" + "x".repeat(800) + "\"},", "{}]"),
        ROWS_OF_INNER_NAMES("[", "{\"a\":{" + NAMES + "},\"Name\":\"" + "x".repeat(800) + "\"},", "{}]"),
        USUAL_ROWS(
                "[",
                "{\"PatientID\":\"p#######\",\"FirstName\":\"Testa\",\"LastName\":\"Patient\",\"Mobile\":\"+15550100\","
                        + "\"City\":\"Town\",\"BilledTotal\":10.50,\"DataStatusStr\":\"Modified\",\"Notes\":\""
                        + "x".repeat(600) + "\",\"ModifiedDatetime\":\"2026-01-01T00:00:00\"},",
                "{}]"),
        USUAL_ROWS_AND_A_BROKEN_ONE("[{\"a\":NaN},", USUAL_ROWS.piece, "{}]");

        private final String start;
        private final String piece;
        private final String end;

        Page(String start, String piece, String end) {
            this.start = start;
            this.piece = piece;
            this.end = end;
        }

        byte[] bytes() {
            byte[] page = new byte[SIZE];
            Arrays.fill(page, (byte) ' ');
            int at = put(page, 0, start);
            byte[] next = piece.getBytes(US_ASCII);
            for (int i = 0; at + next.length + end.length() < SIZE; i++) {
                System.arraycopy(next, 0, page, at, next.length);
                number(page, at, next.length, i);
                at += next.length;
            }
            put(page, at, end);
            return page;
        }

        /**
         * Writes the number over each run of {@code #}. It formats the digits itself, because a page has millions of
         * runs.
         */
        private static void number(byte[] page, int from, int length, int number) {
            int rest = number;
            for (int at = from + length - 1; at >= from; at--) {
                if (page[at] == '#') {
                    page[at] = (byte) ('0' + rest % 10);
                    rest /= 10;
                } else {
                    rest = number;
                }
            }
        }

        private static int put(byte[] page, int at, String text) {
            byte[] bytes = text.getBytes(US_ASCII);
            System.arraycopy(bytes, 0, page, at, bytes.length);
            return at + bytes.length;
        }
    }

    private LargePageMain() {}

    public static void main(String[] arguments) {
        RowReader reader = new RowReader(
                new RowFields(
                        List.of("PatientID", "ID"), List.of("DataStatusStr"), List.of("ModifiedDatetime"), Set.of()),
                BodyFormat.MAP,
                TestRow.MAX_SIZE);
        Page page = Page.valueOf(arguments[0]);
        try {
            System.out.println(page + ": " + reader.read(page.bytes(), null).size() + " rows");
        } catch (MalformedPageException e) {
            System.out.println(page + ": " + e.getMessage());
        }
    }
}
