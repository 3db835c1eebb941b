/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import java.time.Instant;

/**
 * Holds a message that is claimed and must be sent now.
 *
 * @param id the line's key in the table
 * @param channel mail or whatsapp
 * @param address the mail address, or the digits of the number
 * @param name the patient's name; null if there is none
 * @param clinic null if the row named none
 * @param language null for the language of the clinic
 * @param end null if it is not known
 * @param sequence the number of changes of the appointment that a calendar shows
 */
record Reminder(
        long id,
        String appointmentId,
        String kind,
        String channel,
        String address,
        String name,
        String language,
        String clinic,
        Instant start,
        Instant end,
        int sequence) {

    /** Returns the key and the channel only, because the rest is a patient's data. */
    @Override
    public String toString() {
        return "Reminder " + id + " by " + channel;
    }
}
