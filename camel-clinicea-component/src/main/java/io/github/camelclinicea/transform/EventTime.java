/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a row's stamp is a moment. A local time without an offset is not: its zone is unknown
 * (docs/design/wire.md, section 3).
 */
final class EventTime {
    /** A date of .NET: milliseconds since 1970 in UTC, perhaps with an offset that does not change the moment. */
    private static final Pattern DOT_NET_DATE = Pattern.compile("/Date\\((-?\\d{1,18})(?:[+-]\\d{4})?\\)/");

    private static final int LAST_YEAR = 9999;

    private EventTime() {}

    /**
     * Returns the moment of a stamp in RFC 3339, UTC.
     *
     * @param stamp the stamp as sent, or null
     * @return the moment; null if the stamp is none, or stands for a date that was never set
     */
    static String of(String stamp) {
        if (stamp == null) {
            return null;
        }
        try {
            Matcher dotNet = DOT_NET_DATE.matcher(stamp);
            Instant moment = dotNet.matches()
                    ? Instant.ofEpochMilli(Long.parseLong(dotNet.group(1)))
                    : OffsetDateTime.parse(stamp).toInstant();
            int year = moment.atOffset(ZoneOffset.UTC).getYear();
            // An unset date of .NET is in the year 1, or with an offset in the year 0.
            return year > 1 && year <= LAST_YEAR ? moment.toString() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
