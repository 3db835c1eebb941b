/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import io.github.camelclinicea.CliniceaTimes;
import java.time.Instant;

/**
 * Decides whether a row's stamp is a moment. A local time without an offset is not: its zone is unknown
 * (docs/design/wire.md, section 3).
 */
final class EventTime {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private EventTime() {}

    /**
     * Returns the moment of a stamp in RFC 3339, UTC.
     *
     * @param stamp the stamp as sent, or null
     * @return the moment; null if the stamp is none, or stands for a date that was never set
     */
    static String of(String stamp) {
        return of(CliniceaTimes.exactInstant(stamp));
    }

    /**
     * Returns a moment in RFC 3339, UTC.
     *
     * @param moment the moment, or null
     * @return the text; null without a moment, or if its year has not four digits
     */
    static String of(Instant moment) {
        boolean hasFourDigits = moment != null && !moment.isBefore(FIRST) && moment.isBefore(END);
        return hasFourDigits ? moment.toString() : null;
    }
}
