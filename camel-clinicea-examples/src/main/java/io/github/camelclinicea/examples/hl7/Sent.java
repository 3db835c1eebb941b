/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Holds what the receiver has acknowledged of a record.
 *
 * <p>Specified by {@code SentTest}.
 *
 * @param event the event of the last message, or null if there was none
 * @param version the record's version in it, or null
 * @param messages the number of acknowledged messages
 * @param start the start of the appointment in it, or null
 * @param end the end of the appointment in it, or null
 * @param patient the patient of the appointment in it, or null
 */
record Sent(String event, String version, long messages, String start, String end, String patient) {
    /** Nothing was acknowledged. */
    static final Sent NOTHING = new Sent(null, null, 0, null, null, null);

    // MSH-10 has up to 20 characters.
    private static final int CONTROL_ID = 20;
    private static final Set<String> ENDS = Set.of("A29", "A23", "S15");

    /** Returns whether the receiver has the record: it got it, and no message has ended it since. */
    boolean isThere() {
        return event != null && !ends(event);
    }

    /** Returns whether an event ends a record. */
    static boolean ends(String event) {
        return ENDS.contains(event);
    }

    /** Returns whether the last message had this version, so that there is nothing to send. */
    boolean has(Change change) {
        return change.version().equals(version);
    }

    /**
     * Returns the control id of the next message. It is the same whenever this version is sent after the same messages,
     * so the receiver recognises a repeat. Another message of the record has another one, also if the record comes back
     * to an earlier version.
     *
     * @param event the event of the message
     */
    String controlId(Change change, String event) {
        String text = String.join("\n", change.resource(), change.key(), change.version(), event, "" + messages);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash).substring(0, CONTROL_ID);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java runtime has SHA-256", e);
        }
    }
}
