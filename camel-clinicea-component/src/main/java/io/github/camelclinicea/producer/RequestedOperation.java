/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.producer.message.HeaderText;
import java.util.Optional;
import org.apache.camel.Message;

/**
 * Reads which operation a message asks for: by its header, or by the endpoint's option if it has none.
 *
 * <p>Specified by {@code CliniceaProducerTest} and {@code CliniceaSpanDecoratorTest}.
 */
public final class RequestedOperation {
    private RequestedOperation() {}

    /**
     * Returns the verb or name that is asked for, known or not; null if there is none.
     *
     * @throws IllegalArgumentException if the header is not text
     */
    static String of(CliniceaEndpoint endpoint, Message message) {
        if (message.getHeader(CliniceaConstants.OPERATION) instanceof CliniceaOperation operation) {
            return operation.verb();
        }
        String header = HeaderText.of(message, CliniceaConstants.OPERATION);
        return header == null ? endpoint.getConfiguration().getOperation() : header;
    }

    /**
     * Returns the verb or name that is asked for, if the resource has such an operation. Any other text of the header
     * may be anything, and is not returned.
     *
     * @param endpoint the endpoint of the producer
     * @param message the message
     */
    public static Optional<String> known(CliniceaEndpoint endpoint, Message message) {
        try {
            String wanted = of(endpoint, message);
            new OperationResolver(endpoint.resource(), endpoint.changes()).requireKnown(wanted);
            return Optional.of(wanted);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
