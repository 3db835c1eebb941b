/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import org.apache.camel.Message;

/**
 * What came of a call.
 *
 * @param status the HTTP status
 * @param recordId the id of the record that it was about, or null
 * @param keepsId whether an id that the message came with is that of the record, too
 * @param body makes the body
 */
public record Reply(int status, String recordId, boolean keepsId, Body body) {
    /** The body, still to be bound to its type. */
    @FunctionalInterface
    public interface Body {
        Object get() throws CliniceaException;
    }

    /**
     * Puts it on the message.
     *
     * @throws CliniceaException if the record cannot be bound to the body type; all else is on the message nevertheless, so that the
     *     id of a new record is not lost
     */
    public void onto(Message message) throws CliniceaException {
        if (recordId != null) {
            message.setHeader(CliniceaConstants.RECORD_ID, recordId);
        } else if (!keepsId) {
            message.removeHeader(CliniceaConstants.RECORD_ID);
        }
        message.setHeader(CliniceaConstants.RESPONSE_CODE, status);
        message.setBody(body.get());
    }

    /** @return nothing of the record */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
