/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlPortTest extends EvidenceTestBase {
    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:99999", "https://clinic.example:65536", "https://clinic.example:0/api"})
    void given_a_port_that_cannot_be_then_the_start_fails_and_names_the_option(String baseUrl) {
        Throwable refusal = catchThrowable(() -> route.start("patients", "baseUrl=" + baseUrl));

        assertThat(refusal).isNotNull();
        assertThat(SyncRoute.messages(refusal)).contains("baseUrl").contains("port");
    }
}
