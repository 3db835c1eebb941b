/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Holds what is needed of an appointment to remind of it.
 *
 * @param id the appointment's id
 * @param patientId null if it has no patient
 * @param start null if it was never set
 * @param end null if it was never set
 * @param clinic null if the row names none
 * @param open whether it takes place, as far as the clinic knows
 */
record Appointment(String id, String patientId, Instant start, Instant end, String clinic, boolean open) {

    /**
     * Reads a row.
     *
     * @param cancelled the values of the status, in small letters, of an appointment that does not take place
     * @throws IllegalArgumentException if a field is missing or a time is none; the message does not quote the row
     */
    static Appointment of(String id, Map<?, ?> row, RowFields fields, CliniceaTimes times, Set<String> cancelled) {
        String status = fields.text("appointment.status", row);
        boolean isCancelled = time("appointment.cancelled", row, fields, times) != null;
        return new Appointment(
                RowText.id(id),
                RowText.id(fields.text("appointment.patient", row)),
                time("appointment.start", row, fields, times),
                time("appointment.end", row, fields, times),
                RowText.line(fields.text("appointment.clinic", row)),
                !isCancelled && (status == null || !cancelled.contains(status.toLowerCase(Locale.ROOT))));
    }

    private static Instant time(String key, Map<?, ?> row, RowFields fields, CliniceaTimes times) {
        Object value = fields.value(key, row);
        try {
            return times.instant(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The row's value for " + key + " is no time; correct that line of the mapping file");
        }
    }

    /** Returns the id only, because the rest is a patient's data. */
    @Override
    public String toString() {
        return "Appointment " + id;
    }
}
