/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.preparser.PreParser;
import java.util.Set;

/**
 * Reads the response of a receiver.
 *
 * <p>Specified by {@code AcknowledgementTest}.
 *
 * @param code MSA-1, or null if the response has none that HL7 knows
 * @param controlId MSA-2, or null
 */
record Acknowledgement(AcknowledgmentCode code, String controlId) {
    private static final Set<AcknowledgmentCode> ACCEPTED = Set.of(AcknowledgmentCode.AA, AcknowledgmentCode.CA);

    /**
     * Reads a response.
     *
     * @param answer the text of the response, or null
     * @return its parts; without both of them if it is no response of HL7
     */
    static Acknowledgement of(String answer) {
        try {
            String[] fields = PreParser.getFields(answer == null ? "" : answer, "MSH-9-1", "MSA-1", "MSA-2");
            return new Acknowledgement(AcknowledgmentCode.valueOf(fields[1]), fields[2]);
        } catch (HL7Exception | RuntimeException e) {
            // Not reported: it may quote the response, and the caller says what is wrong.
            return new Acknowledgement(null, null);
        }
    }

    /** Returns whether this is the response to the message and not to another one. */
    boolean answers(Outgoing outgoing) {
        return code != null && outgoing.controlId().equals(controlId);
    }

    boolean isAccepted() {
        return ACCEPTED.contains(code);
    }
}
