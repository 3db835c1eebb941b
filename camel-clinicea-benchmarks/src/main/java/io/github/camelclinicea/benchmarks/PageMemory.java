/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.MalformedPageException;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures the memory that a page needs while it is read, as a multiple of its bytes. A JVM of its own reads a page of
 * 32 MiB and then an empty page. The difference of the smallest heaps is the memory, and includes the bytes of the
 * page.
 */
final class PageMemory {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int PAGE_MEBIBYTES = 32;
    private static final int LARGEST_HEAP = 8 * PAGE_MEBIBYTES;
    /** The default of the option {@code maxRowSize}, without loading the component's configuration. */
    private static final int MAX_ROW_SIZE = 4 * MEBIBYTE;

    /** Names the kinds of rows that fill the page. */
    enum Kind {
        EMPTY("an empty page", "", 0),
        USUAL_ROWS("rows of 40 fields", null, PAGE_MEBIBYTES),
        SMALL_ROWS(
                "rows of 700 bytes, two fields",
                "{\"ID\":\"1\",\"Notes\":\"" + "x".repeat(678) + "\"}",
                PAGE_MEBIBYTES),
        ROWS_OF_OBJECTS("rows of small objects", "{\"a\":[" + "{},".repeat(1_000_000) + "{}]}", PAGE_MEBIBYTES),
        ONE_LONG_TEXT("rows of one text of 3 MiB", "{\"a\":\"" + "x".repeat(3 * MEBIBYTE) + "\"}", PAGE_MEBIBYTES);

        private final String text;
        private final String row;
        private final int mebibytes;

        Kind(String text, String row, int mebibytes) {
            this.text = text;
            this.row = row;
            this.mebibytes = mebibytes;
        }

        private byte[] page() {
            byte[] rows = row == null ? usualRows() : row.getBytes(StandardCharsets.UTF_8);
            byte[] page = new byte[Math.max(2, mebibytes * MEBIBYTE)];
            Arrays.fill(page, (byte) ' ');
            page[0] = '[';
            int at = 1;
            while (mebibytes > 0 && at + rows.length + 2 < page.length) {
                if (at > 1) {
                    page[at++] = ',';
                }
                System.arraycopy(rows, 0, page, at, rows.length);
                at += rows.length;
            }
            page[at] = ']';
            return page;
        }

        /** Returns the rows of the first page of the benchmarks' list, without its brackets. */
        private static byte[] usualRows() {
            byte[] page = RowTemplate.firstPage();
            return Arrays.copyOfRange(page, 1, page.length - 1);
        }
    }

    private PageMemory() {}

    /**
     * Reads one page, in a JVM of its own.
     *
     * @param args the kind of the page, and whether rows become maps
     */
    public static void main(String[] args) throws MalformedPageException {
        RowFields fields = new RowFields(
                List.of("PatientID", "ID"), List.of("DataStatusStr"), List.of("ModifiedDatetime"), Set.of());
        BodyFormat ahead = Boolean.parseBoolean(args[1]) ? BodyFormat.MAP : null;
        System.out.println(new RowReader(fields, ahead, MAX_ROW_SIZE)
                .read(Kind.valueOf(args[0]).page(), null)
                .size());
    }

    /** Returns two multiples for each kind of page: without bodies, and with {@code bodyType=Map}. */
    static Map<String, double[]> measure() throws IOException, InterruptedException {
        int base = smallestHeap(Kind.EMPTY, true);
        Map<String, double[]> multiples = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.EMPTY) {
                multiples.put(kind.text, new double[] {
                    (smallestHeap(kind, false) - base) / (double) PAGE_MEBIBYTES,
                    (smallestHeap(kind, true) - base) / (double) PAGE_MEBIBYTES
                });
            }
        }
        return multiples;
    }

    /** Returns the mebibytes of the smallest heap in which a page is read. */
    private static int smallestHeap(Kind kind, boolean maps) throws IOException, InterruptedException {
        int tooSmall = 1;
        int enough = LARGEST_HEAP;
        while (enough - tooSmall > 1) {
            int heap = (tooSmall + enough) / 2;
            if (reads(kind, maps, heap)) {
                enough = heap;
            } else {
                tooSmall = heap;
            }
        }
        return enough;
    }

    private static boolean reads(Kind kind, boolean maps, int heap) throws IOException, InterruptedException {
        Process process = ChildJvm.start(
                List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                PageMemory.class,
                kind.name(),
                Boolean.toString(maps));
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
