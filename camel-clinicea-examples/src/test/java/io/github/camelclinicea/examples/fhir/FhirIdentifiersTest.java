/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.util.UrlUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirIdentifiersTest {
    private final FhirIdentifiers identifiers = new FhirIdentifiers("https://clinic.example/ids");

    @ParameterizedTest
    @ValueSource(strings = {"17", "a b", "a|b,c$d\\e", "?&=#%+/", "\"é測\"", "-x"})
    void given_an_id_with_any_characters_when_queried_then_a_server_reads_the_same_identifier(String id) {
        String query = identifiers.query("Patient", id);

        assertThat(query).startsWith("Patient?identifier=");
        TokenParam token = new TokenParam();
        token.setValueAsQueryToken(
                null,
                "identifier",
                null,
                UrlUtil.parseQueryString(query.substring(query.indexOf('?') + 1))
                        .get("identifier")[0]);
        assertThat(token.getSystem()).isEqualTo("https://clinic.example/ids");
        assertThat(token.getValue())
                .isEqualTo(id)
                .isEqualTo(identifiers.identifier(id).getValue());
    }

    @Test
    void given_a_guid_in_capitals_when_used_then_it_is_the_same_identifier() {
        assertThat(identifiers.query("Patient", "3BE0A38C-2F7C-4F58-88AC-F455A429D849"))
                .isEqualTo(identifiers.query("Patient", "3be0a38c-2f7c-4f58-88ac-f455a429d849"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "0", "00000000-0000-0000-0000-000000000000"})
    void given_no_id_when_used_then_there_is_no_reference_and_no_identifier(String id) {
        assertThat(identifiers.reference("Patient", id)).isNull();
        assertThatThrownBy(() -> identifiers.identifier(id)).hasMessage("The row has no id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "clinic", "/ids", "https://clinic example"})
    void given_a_system_that_is_no_absolute_uri_when_started_then_the_error_names_the_property(String system) {
        assertThatThrownBy(() -> new FhirIdentifiers(system))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fhir.identifier-system");
    }
}
