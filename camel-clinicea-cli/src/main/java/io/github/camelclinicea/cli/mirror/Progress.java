/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.cli.Output;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Counts the rows that the routes receive, and prints the counts once a second, or every ten seconds after the first
 * minute if the lines stay.
 *
 * <p>Specified by {@code ProgressTest}.
 */
public final class Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;

    private final Output out;
    private final Map<String, AtomicLong> byStatus = new ConcurrentHashMap<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong pages = new AtomicLong();
    private long begin;
    private long rowsAtBegin;
    private long pagesAtBegin;
    private long rowsAtLastLine;
    private long lastLine = System.nanoTime();

    Progress(Output out) {
        this.out = out;
    }

    /** Counts the rows of an exchange. The routes call this for each exchange, and again if it is repeated. */
    public void count(Exchange exchange) {
        String resource = exchange.getMessage().getHeader(CliniceaConstants.RESOURCE, String.class);
        String status = exchange.getMessage().getHeader(CliniceaConstants.DATA_STATUS, String.class);
        int emitted = exchange.getMessage()
                .getHeader(CliniceaConstants.RECORD_IDS, List.class)
                .size();
        byStatus.computeIfAbsent(resource + " " + status, key -> new AtomicLong())
                .addAndGet(emitted);
        rows.addAndGet(emitted);
        if (exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE, false, Boolean.class)) {
            pages.incrementAndGet();
        }
    }

    /**
     * Returns the number of a resource's rows.
     *
     * @param status which statuses count, as they are on the wire; the text {@code null} stands for none
     */
    long rows(String resource, Predicate<String> status) {
        String prefix = resource + " ";
        return byStatus.entrySet().stream()
                .filter(counted -> counted.getKey().startsWith(prefix)
                        && status.test(counted.getKey().substring(prefix.length())))
                .mapToLong(counted -> counted.getValue().get())
                .sum();
    }

    /** Prints an indented line. */
    void say(String line) {
        out.println("  " + line);
    }

    /** Sets the counts of the following lines to 0. Call it before the changes in the clinic that they are to count. */
    void begin() {
        rowsAtBegin = rows.get();
        pagesAtBegin = pages.get();
        begin = System.nanoTime();
        rowsAtLastLine = rowsAtBegin;
        lastLine = begin;
    }

    /** Prints the counts since {@link #begin()}. */
    void end() {
        out.printf(
                "  %,8d rows on %,d pages in %.1f s%n",
                rows.get() - rowsAtBegin, pages.get() - pagesAtBegin, (System.nanoTime() - begin) / 1e9);
    }

    /** Prints a line if it is time for one and rows have arrived. */
    void tick() {
        tick(System.nanoTime());
    }

    void tick(long now) {
        long total = rows.get();
        boolean everySecond = out.terminal() || now - begin < MINUTE;
        if (now - lastLine >= (everySecond ? SECOND : 10 * SECOND) && total > rowsAtLastLine) {
            double seconds = (now - lastLine) / 1e9;
            out.progress(String.format(
                    Locale.ROOT,
                    "  %,8d rows  %,8.0f rows/s  %,6d pages",
                    total - rowsAtBegin,
                    (total - rowsAtLastLine) / seconds,
                    pages.get() - pagesAtBegin));
            lastLine = now;
            rowsAtLastLine = total;
        }
    }
}
