/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.examples.docs.EndpointUse.Side;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Validates every endpoint and every property of the component in the whole checkout with Camel's own catalogue, as IDEs
 * and build plugins do. The file {@code endpoints-left-out.txt} lists the files that are not searched, with the reasons.
 */
class EndpointUrisTest {
    private static final Path ROOT = Path.of("..");
    private static final CamelCatalog CATALOG = new DefaultCamelCatalog();
    private static final Pattern PROPERTY =
            Pattern.compile("\\bcamel\\.component\\.clinicea\\.[\\w.-]+[ \\t]*=[^\"\\n`|]*");
    /** Spring Boot's own switches, which are no options of the component. */
    private static final Set<String> SWITCHES = Set.of("enabled", "customizer.enabled");

    private static Map<String, String> texts;

    @BeforeAll
    static void addTheComponent() {
        CATALOG.addComponent("clinicea", CliniceaComponent.class.getName());
    }

    /** Returns the files to search. */
    private static Map<String, String> texts() throws IOException {
        if (texts == null) {
            Map<String, String> searched = new LinkedHashMap<>(Checkout.texts(ROOT));
            List<String> leftOut = leftOut();
            searched.keySet().removeIf(file -> leftOut.stream().anyMatch(file::startsWith));
            texts = searched;
        }
        return texts;
    }

    /** Returns the beginnings of the paths that are not searched. */
    private static List<String> leftOut() throws IOException {
        try (InputStream list = EndpointUrisTest.class.getResourceAsStream("/docs/endpoints-left-out.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 2)[0])
                    .toList();
        }
    }

    static List<EndpointUse> uses() throws IOException {
        List<EndpointUse> uses = new ArrayList<>();
        texts().forEach((file, text) -> uses.addAll(EndpointSearch.in(file, text)));
        return uses;
    }

    static Stream<Arguments> properties() throws IOException {
        return texts().entrySet().stream()
                .flatMap(file -> PROPERTY.matcher(file.getValue())
                        .results()
                        .map(property ->
                                Arguments.of(file.getKey(), property.group().strip())));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void given_an_endpoint_when_validated_for_its_side_then_camels_catalogue_accepts_it(EndpointUse use) {
        assertThat(problems(use)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void given_a_property_of_the_component_when_validated_then_camels_catalogue_accepts_it(
            String source, String property) {
        String name = property.substring("camel.component.clinicea.".length()).split("\\s*=")[0];
        if (!SWITCHES.contains(name)) {
            ConfigurationPropertiesValidationResult result = CATALOG.validateConfigurationProperty(property);

            assertThat(result.isSuccess())
                    .as(source + ": " + result.summaryErrorMessage(false))
                    .isTrue();
        }
    }

    /** A place that the search cannot read would otherwise stay unchecked without notice. */
    @Test
    void given_a_file_that_mentions_endpoints_when_searched_then_all_of_them_are_found() throws IOException {
        List<String> missed = new ArrayList<>();
        texts().forEach((file, text) -> {
            List<String> found = new ArrayList<>(EndpointSearch.in(file, text).stream()
                    .map(use -> use.uri().split("\\?")[0])
                    .toList());
            for (String mention : EndpointSearch.mentions(text)) {
                if (found.stream().noneMatch(uri -> uri.startsWith(mention))) {
                    missed.add(file + ": " + mention);
                } else {
                    found.remove(mention);
                }
            }
        });

        assertThat(missed).isEmpty();
    }

    @Test
    void given_the_checkout_when_searched_then_endpoints_of_all_its_parts_are_found() throws IOException {
        assertThat(uses())
                .extracting(EndpointUse::source)
                .contains(
                        "README.md",
                        "camel-clinicea-sandbox/README.md",
                        "camel-clinicea-component/src/main/docs/clinicea-component.adoc",
                        "camel-clinicea-component/src/main/resources/kamelets/clinicea-source.kamelet.yaml",
                        "camel-clinicea-component/src/main/java/io/github/camelclinicea/CliniceaEndpoint.java",
                        "camel-clinicea-cli/src/main/java/io/github/camelclinicea/cli/EndpointUri.java",
                        "camel-clinicea-karaf/src/test/java/io/github/camelclinicea/karaf/clinic/ClinicRoutes.java",
                        "camel-clinicea-quarkus/src/main/java/io/github/camelclinicea/quarkus/ClinicRoutes.java",
                        "docs/how-to/cluster.svg");
        assertThat(uses())
                .anyMatch(use -> use.source().endsWith("NextPatient.java") && use.side() == Side.CONSUMER)
                .anyMatch(use -> use.source().endsWith("first-route.xml") && use.side() == Side.CONSUMER)
                .anyMatch(use -> use.uri().contains("suppressEcho=true&syncId=crm") && use.side() == Side.PRODUCER);
        assertThat(properties()).isNotEmpty();
    }

    @Test
    void given_the_list_of_what_is_left_out_when_compared_with_the_checkout_then_each_entry_is_needed()
            throws IOException {
        Set<String> files = Checkout.texts(ROOT).keySet();

        assertThat(leftOut())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(files).anyMatch(file -> file.startsWith(entry)));
    }

    @ParameterizedTest
    @CsvSource({
        "clinicea:patients?apiKy=x, CONSUMER",
        "clinicea:patients?delay=x&pagesInFlight=many, CONSUMER",
        "clinicea:patients?operation=create, CONSUMER",
        "clinicea:patients?pagesInFlight=2, PRODUCER",
        "clinicea:patients?pagesInFlight=2&operation=create, UNKNOWN",
        "clinicea:, CONSUMER"
    })
    void given_a_wrong_endpoint_when_validated_then_it_is_refused(String uri, Side side) {
        assertThat(problems(new EndpointUse("here", uri, side))).isNotEmpty();
    }

    /** Returns why Camel's catalogue refuses an endpoint; an empty text if it accepts it. */
    private static String problems(EndpointUse use) {
        EndpointValidationResult asConsumer = validate(use, Side.CONSUMER);
        EndpointValidationResult asProducer = validate(use, Side.PRODUCER);
        boolean isAccepted =
                switch (use.side()) {
                    case CONSUMER -> asConsumer.isSuccess();
                    case PRODUCER -> asProducer.isSuccess();
                    case UNKNOWN -> asConsumer.isSuccess() || asProducer.isSuccess();
                };
        return isAccepted
                ? ""
                : (use.side() == Side.PRODUCER ? asProducer : asConsumer).summaryErrorMessage(false) + " in " + use;
    }

    /** Camel documents {@code scheduler=quartz}, and its catalogue takes the option for a reference to a bean. */
    private static EndpointValidationResult validate(EndpointUse use, Side side) {
        return CATALOG.validateEndpointProperties(
                use.uri().replace("scheduler=quartz", "scheduler=#quartz"),
                false,
                side == Side.CONSUMER,
                side == Side.PRODUCER);
    }
}
