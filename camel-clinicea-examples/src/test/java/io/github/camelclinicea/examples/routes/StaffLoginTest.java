/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses the staff login against a server that requires the organisation's key with it. */
class StaffLoginTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange getPatient(String password) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&baseUrl=" + clinicea.baseUrl() + "&apiKey=" + clinicea.apiKey()
                        + "&username=RAW("
                        + clinicea.sandbox().staffUser() + ")&password=RAW("
                        + password + ")")
                .withHeader(
                        CliniceaConstants.RECORD_ID,
                        clinicea.clinic().ids("patients").get(0))
                .send();
    }

    @Test
    void given_a_login_and_the_key_when_called_then_it_works_and_survives_the_end_of_its_token() {
        assertThat(getPatient(clinicea.sandbox().staffPassword()).getException())
                .isNull();
        clinicea.sandbox().expireTokens();

        Exchange again = getPatient(clinicea.sandbox().staffPassword());

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getBody()).isNotNull();
    }

    @Test
    void given_a_wrong_password_when_called_then_the_error_says_so() {
        assertThat(getPatient("wrong").getException())
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("401")
                .hasMessageNotContaining("wrong is");
    }
}
