/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * Says why the FHIR server did not take a resource, without its content. Exceptions of {@code camel-fhir} and HAPI quote
 * the resource and the response, so they are not a cause of this one.
 */
public final class FhirRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FhirRefusal(String message) {
        super(message);
    }

    /**
     * Returns the exception to throw in place of one of the client.
     *
     * @param type the type of the resource
     * @param failure what the client threw
     */
    static FhirRefusal of(String type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FhirRefusal refusal) {
                return refusal;
            }
            if (cause instanceof BaseServerResponseException response) {
                return ofResponse(type, response);
            }
        }
        return new FhirRefusal("The " + type + " was not exchanged with the FHIR server: "
                + failure.getClass().getSimpleName());
    }

    private static FhirRefusal ofResponse(String type, BaseServerResponseException response) {
        // HAPI gives this one a status that no server sent.
        if (response instanceof FhirClientConnectionException) {
            return new FhirRefusal("The FHIR server gave no response for the " + type);
        }
        int status = response.getStatusCode();
        return new FhirRefusal("The FHIR server refused the " + type + ": HTTP " + status + codes(response)
                + switch (status) {
                    case 401, 403 -> "; is fhir.token right?";
                    case 409 -> "; another client may have changed it at the same time";
                    case 412 -> "; several resources have its identifier, or another client changed it";
                    default -> "";
                });
    }

    /** Returns the codes of the issues, which are from a list of FHIR. Their texts may quote the resource. */
    private static String codes(BaseServerResponseException response) {
        if (!(response.getOperationOutcome() instanceof OperationOutcome outcome)) {
            return "";
        }
        String codes = outcome.getIssue().stream()
                .map(OperationOutcome.OperationOutcomeIssueComponent::getCode)
                .filter(Objects::nonNull)
                .map(OperationOutcome.IssueType::toCode)
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        return codes.isEmpty() ? "" : ", code " + codes;
    }
}
