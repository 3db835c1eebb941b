/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.ErrorCode;

/** Reports that a received message cannot be taken. The text goes to the sender and has no content of the message. */
class RefusedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AcknowledgmentCode code;
    private final ErrorCode error;

    /**
     * Creates an exception.
     *
     * @param code AE for the content of the message, AR for its kind
     * @param error the code of the error in HL7
     * @param text what is wrong, for MSA-3
     */
    RefusedMessageException(AcknowledgmentCode code, ErrorCode error, String text) {
        super(text);
        this.code = code;
        this.error = error;
    }

    /** Returns a refusal of the content. */
    static RefusedMessageException content(ErrorCode error, String text) {
        return new RefusedMessageException(AcknowledgmentCode.AE, error, text);
    }

    /** Returns a refusal of the kind of message. */
    static RefusedMessageException kind(ErrorCode error, String text) {
        return new RefusedMessageException(AcknowledgmentCode.AR, error, text);
    }

    AcknowledgmentCode getCode() {
        return code;
    }

    ErrorCode getError() {
        return error;
    }
}
