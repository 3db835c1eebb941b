/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

/**
 * Holds a message for the receiver.
 *
 * @param resource the feed of its record
 * @param record the key of its record
 * @param event the event, such as A04
 * @param version the version of the record
 * @param controlId the control id, MSH-10
 * @param start the start of the appointment, or null
 * @param end the end of the appointment, or null
 * @param patient the patient of the appointment, or null
 * @param message the encoded message
 */
record Outgoing(
        String resource,
        String record,
        String event,
        String version,
        String controlId,
        String start,
        String end,
        String patient,
        String message) {

    /** Returns event and control id only, because the message is a patient's data. */
    @Override
    public String toString() {
        return event + " " + controlId;
    }
}
