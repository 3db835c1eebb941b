/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Validates every endpoint of the pages and the examples with Camel's own catalogue, as IDEs and build plugins do. */
class EndpointUrisTest {
    private static final CamelCatalog CATALOG = new DefaultCamelCatalog();

    @BeforeAll
    static void addTheComponent() {
        CATALOG.addComponent("clinicea", CliniceaComponent.class.getName());
    }

    static List<EndpointUse> uses() throws IOException {
        return EndpointUse.all(
                Path.of(".."),
                List.of(
                        Path.of("docs/start"),
                        Path.of("camel-clinicea-examples/src/main"),
                        Path.of("camel-clinicea-karaf/src"),
                        Path.of("camel-clinicea-quarkus/src"),
                        Path.of("camel-clinicea-spring-boot-starter/src/test/resources"),
                        Path.of("camel-clinicea-component/src/main/resources/kamelets")));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void given_an_endpoint_when_validated_for_its_side_then_camels_catalogue_accepts_it(EndpointUse use) {
        EndpointValidationResult result = validate(use);

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
    }

    @Test
    void given_the_pages_and_examples_when_searched_then_endpoints_of_both_sides_are_found() throws IOException {
        assertThat(uses())
                .anyMatch(use -> use.source().endsWith("README.md") && use.producer())
                .anyMatch(use -> use.source().endsWith("patients.yaml") && !use.producer())
                .anyMatch(use -> use.source().endsWith("first-route.xml") && !use.producer())
                .anyMatch(use -> use.uri().contains("suppressEcho=true&syncId=crm") && use.producer());
    }

    @ParameterizedTest
    @CsvSource({
        "clinicea:patients?apiKy=x, false",
        "clinicea:patients?delay=x&pagesInFlight=many, false",
        "clinicea:patients?operation=create, false",
        "clinicea:patients?pagesInFlight=2, true",
        "clinicea:, false"
    })
    void given_a_wrong_endpoint_when_validated_then_it_is_refused(String uri, boolean producer) {
        assertThat(validate(new EndpointUse("here", uri, producer)).isSuccess()).isFalse();
    }

    /** Camel documents {@code scheduler=quartz}, and its catalogue takes the option for a reference to a bean. */
    private static EndpointValidationResult validate(EndpointUse use) {
        return CATALOG.validateEndpointProperties(
                use.uri().replace("scheduler=quartz", "scheduler=#quartz"), false, !use.producer(), use.producer());
    }
}
