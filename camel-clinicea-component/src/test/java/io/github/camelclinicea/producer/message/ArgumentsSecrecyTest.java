/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import java.io.File;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArgumentsSecrecyTest {
    private static final File NOWHERE = new File("/no/such/Testa");

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Message message = new DefaultExchange(camel).getMessage();

    @AfterEach
    void stop() {
        camel.stop();
    }

    private static Operation operation(String name) {
        return Catalogue.shipped()
                .resource("appointments")
                .orElseThrow()
                .operation(name)
                .orElseThrow();
    }

    @Test
    void given_arguments_when_shown_then_nothing_of_them_is_seen() {
        message.setBody(Map.of("notes", "Testa"));
        message.setHeader(CliniceaConstants.PARAMETERS, Map.of("searchText", "Testa"));

        assertThat(Arguments.of(message, operation("updateAppointment")))
                .asString()
                .doesNotContain("Testa");
    }

    @Test
    void given_an_id_that_is_no_text_when_read_then_the_error_names_the_header_and_quotes_nothing() {
        message.setHeader(CliniceaConstants.RECORD_ID, NOWHERE);

        assertThatThrownBy(() -> Arguments.of(message, operation("listByPatient")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CliniceaConstants.RECORD_ID)
                .hasMessageNotContaining("Testa");
    }

    @Test
    void given_a_body_that_cannot_be_opened_when_read_then_the_error_says_what_to_give_and_quotes_nothing() {
        message.setBody(NOWHERE);

        assertThatThrownBy(() -> Arguments.of(message, operation("updateAppointment")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong kind")
                .hasMessageNotContaining("Testa")
                .hasNoCause();
    }
}
