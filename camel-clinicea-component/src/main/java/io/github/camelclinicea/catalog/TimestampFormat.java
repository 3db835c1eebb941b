package io.github.camelclinicea.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The two spellings in which Clinicea takes a since-parameter (wire-contract section 2). */
public enum TimestampFormat {
    /** ISO 8601 with a numeric offset, {@code 2015-03-21T14:30:10+00:00}: the help page's own example. */
    ISO_OFFSET("yyyy-MM-dd'T'HH:mm:ssxxx"),
    /** UTC without zone or milliseconds, {@code 2015-03-21T14:30:10}: one report has both of them refused with a 400. */
    UTC_SECONDS("yyyy-MM-dd'T'HH:mm:ss");

    private final DateTimeFormatter formatter;

    TimestampFormat(String pattern) {
        this.formatter = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    /**
     * @param instant not null; a fraction of a second is cut off, so that the text never names a later moment
     * @return the text as it stands in the query before percent-encoding
     */
    public String format(Instant instant) {
        return formatter.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
