/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Operation.Answer;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of docs/reference/operations.md against a clinic that has the records of the examples. */
class OperationExamplesTest {
    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(3).appointments(3).bills(3));

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void fill() {
        Clinic clinic = clinicea.clinic();
        clinic.add(
                "patients",
                Map.of(
                        "PatientID", "p-17",
                        "LastName", "Example",
                        "FileNo", "F-17",
                        "UniqueNumber", "U-17",
                        "Mobile", "555-0117",
                        "MobileCountryCode", "+1",
                        "Email", "ada@example.invalid"));
        clinic.add("patients", Map.of("LastName", "Example"));
        clinic.add("appointments", Map.of("ID", "a-4", "PatientID", "p-17", "StartDateTime", "2027-03-01T11:00:00"));
        clinic.add("bills", Map.of("PatientID", "p-17"));
        clinic.add("patientPackages", Map.of("PatientID", "p-17"));
        clinic.add("prescriptions", Map.of("PatientID", "p-17"));
        clinic.add("documents", Map.of("ID", "d-9", "PatientID", "p-17"));
        clinic.add("services", Map.of("ClinicID", "c-1"));
        clinic.add("leads", Map.of("ID", "l-5"));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    static List<OperationExample> examples() {
        return OperationExample.all();
    }

    private Exchange send(OperationExample example, Object parameters, Object body) {
        FluentProducerTemplate call = camel.createFluentProducerTemplate()
                .to(example.uri() + "&apiKey=" + clinicea.apiKey() + "&baseUrl=" + clinicea.baseUrl());
        if (example.recordId() != null) {
            call.withHeader(CliniceaConstants.RECORD_ID, example.recordId());
        }
        if (parameters != null) {
            call.withHeader(CliniceaConstants.PARAMETERS, parameters);
        }
        return call.withBody(body).send();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void given_an_example_when_made_then_it_gives_what_the_table_says(OperationExample example) {
        Exchange out = send(
                example,
                example.parameters().isEmpty() ? null : example.parameters(),
                example.body().isEmpty() ? example.content() : example.body());

        assertThat(out.getException()).isNull();
        Object body = out.getMessage().getBody();
        if (example.operation() == null || example.operation().answer() == Answer.LIST) {
            assertThat(body).asInstanceOf(InstanceOfAssertFactories.LIST).isNotEmpty();
        } else if (example.operation().answer() == Answer.OBJECT) {
            assertThat(body).asInstanceOf(InstanceOfAssertFactories.MAP).isNotEmpty();
        }
    }

    /** Returns the text as the table has it. */
    @ParameterizedTest
    @MethodSource("examples")
    void given_an_example_when_made_with_json_text_then_it_gives_the_same(OperationExample example) {
        Exchange out = send(
                example,
                example.parameters().isEmpty() ? null : OperationExample.json(example.parameters()),
                example.body().isEmpty() ? example.content() : OperationExample.json(example.body()));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(CliniceaConstants.RESPONSE_CODE)).isEqualTo(200);
    }
}
