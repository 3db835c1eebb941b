/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaEndpoint;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUriTest {
    @Test
    void given_no_option_when_written_then_more_may_follow() {
        String uri = EndpointUri.of("patients", Map.of());

        assertThat(uri).isEqualTo("clinicea:patients");
        assertThat(EndpointUri.with(uri, "a=b")).isEqualTo("clinicea:patients?a=b");
        assertThat(EndpointUri.with("clinicea:patients?a=b", "c=d")).isEqualTo("clinicea:patients?a=b&c=d");
    }

    @Test
    void given_a_plain_value_when_written_then_it_has_no_quotes() {
        assertThat(EndpointUri.of("bills", Map.of("path", "/api/v2/bills")))
                .isEqualTo("clinicea:bills?path=/api/v2/bills");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b=c", "100%", "1 + 1", "RAW(x", "a)&b", "a#b", "?", "Zoë", "a=b=c", "%41", "a}&b"})
    void given_a_value_of_any_kind_when_camel_reads_the_uri_then_the_endpoint_has_it(String value) throws Exception {
        String uri = EndpointUri.of("patients", Map.of("idField", value));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            CliniceaComponent component = new CliniceaComponent();
            component.getConfiguration().setApiKey("key");
            camel.addComponent("clinicea", component);

            CliniceaEndpoint endpoint = camel.getEndpoint(EndpointUri.with(uri, "maxPages=5"), CliniceaEndpoint.class);

            assertThat(endpoint.getConfiguration().getIdField()).isEqualTo(value);
            assertThat(endpoint.getConfiguration().getMaxPages()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a&b", "a)&b", "RAW(x", ""})
    void given_a_value_in_a_uri_when_read_back_then_it_is_the_same(String value) {
        String uri = EndpointUri.of("bills", Map.of("idField", value));
        String written = uri.substring(uri.indexOf('=') + 1);

        assertThat(EndpointUri.unquoted(written)).isEqualTo(value);
    }
}
