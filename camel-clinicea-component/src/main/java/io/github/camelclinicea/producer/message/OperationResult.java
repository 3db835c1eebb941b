/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import org.apache.camel.Message;

/**
 * Holds the result of an operation.
 *
 * <p>Specified by {@code CliniceaProducerTest}.
 *
 * @param status the HTTP status of the response
 * @param recordId the id of the record that the response shows, or null
 * @param keepsId whether an id that the message came with is also the id of this record
 * @param record the record as the response shows it; null if it shows none, and for a list
 * @param body makes the message's body
 */
public record OperationResult(int status, String recordId, boolean keepsId, JsonNode record, Body body) {
    /** Binds the body to its type. */
    @FunctionalInterface
    public interface Body {
        /**
         * Returns the body, or null if the response has none.
         *
         * @throws CliniceaException if the record cannot be bound to the body type
         */
        Object get() throws CliniceaException;
    }

    /**
     * Returns the result of a list. It has no record of its own, so the message loses its id.
     *
     * @param rows the list of the rows, or an iterator of them
     */
    public static OperationResult ofList(Object rows) {
        return new OperationResult(200, null, false, null, () -> rows);
    }

    /**
     * Sets the record's id, the status and the body on a message.
     *
     * @param message the message
     * @throws CliniceaException if the record cannot be bound to the body type. The headers are set even then, so that
     *     the id of a new record is not lost
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

    /** Returns the status only, because the record may be a patient's. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
