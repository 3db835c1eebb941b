/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.RuntimeCamelException;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class FhirRefusalTest {
    @Test
    void given_no_server_when_it_is_asked_then_the_message_says_that_there_was_no_response() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        FhirServer.R4.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        IGenericClient client = FhirServer.R4.newRestfulGenericClient("http://127.0.0.1:" + port + "/fhir");
        Throwable failure = catchThrowable(() -> client.update()
                .resource(new Patient())
                .conditionalByUrl("Patient?identifier=x")
                .execute());

        assertThat(FhirRefusal.of("Patient", failure))
                .hasMessage("The FHIR server gave no response for the Patient")
                .hasNoCause();
    }

    @Test
    void given_a_refusal_in_other_exceptions_when_replaced_then_only_its_status_and_codes_are_left() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setCode(OperationOutcome.IssueType.INVALID).setDiagnostics("secret");
        outcome.addIssue().setCode(OperationOutcome.IssueType.BUSINESSRULE);
        outcome.addIssue().setDiagnostics("secret");
        Exception failure = new RuntimeCamelException("secret", new UnprocessableEntityException("secret", outcome));

        assertThat(FhirRefusal.of("Patient", failure))
                .hasMessage("The FHIR server refused the Patient: HTTP 422, code invalid, business-rule")
                .hasNoCause();
        assertThat(FhirRefusal.of("Invoice", new ForbiddenOperationException("secret")))
                .hasMessage("The FHIR server refused the Invoice: HTTP 403; is fhir.token right?");
        assertThat(FhirRefusal.of("Invoice", new IllegalStateException("secret")))
                .hasMessage("The Invoice was not exchanged with the FHIR server: IllegalStateException");
    }
}
