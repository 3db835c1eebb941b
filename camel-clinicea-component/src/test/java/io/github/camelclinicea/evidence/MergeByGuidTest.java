/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeByGuidTest {
    private static final String GUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
        clinicea.close();
    }

    private Exchange update(String resource, String id, String idShown) {
        clinicea.server()
                .stubFor(any(anyUrl())
                        .willReturn(StubClinicea.json("{\"ID\":\"" + idShown + "\",\"FirstName\":\"Ada\"}")));
        camel.start();
        return camel.createFluentProducerTemplate()
                .to("clinicea:" + resource + "?operation=update&mergeOnUpdate=true&apiKey=" + StubClinicea.API_KEY
                        + "&baseUrl=" + clinicea.baseUrl())
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .withBody(Map.of("LastName", "Lovelace"))
                .send();
    }

    @ParameterizedTest
    @CsvSource({"leads, false", "leads, true", "patients, false", "bills, true"})
    void given_a_guid_that_comes_back_in_other_letters_then_the_record_is_merged_and_written(
            String resource, boolean sentInCapitals) {
        String capitals = GUID.toUpperCase(Locale.ROOT);

        Exchange out = update(resource, sentInCapitals ? capitals : GUID, sentInCapitals ? GUID : capitals);

        assertThat(out.getException()).isNull();
        assertThat(clinicea.server().findAll(putRequestedFor(anyUrl())))
                .singleElement()
                .satisfies(put -> assertThat(put.getBodyAsString()).contains("Ada", "Lovelace"));
    }

    @ParameterizedTest
    @CsvSource({"leads, ab-1, AB-1", "leads, 0f8fad5b-d9cb-469f-a165-70867728950e, 0f8fad5b-d9cb-469f-a165-70867728950f"
    })
    void given_the_id_of_another_record_then_nothing_is_written(String resource, String id, String idShown) {
        Exchange out = update(resource, id, idShown);

        assertThat(out.getException()).isNotNull();
        assertThat(clinicea.server().findAll(putRequestedFor(anyUrl()))).isEmpty();
    }
}
