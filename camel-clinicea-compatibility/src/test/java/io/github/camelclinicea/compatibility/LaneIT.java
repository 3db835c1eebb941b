/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a lane runs on its own release of Camel. Without this check, all lanes could run on the same release. */
class LaneIT {
    private static final String RELEASE = System.getProperty("lane.camel.version");

    @Test
    void given_a_lane_when_camel_starts_then_all_of_it_is_of_the_lanes_release() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();

            assertThat(camel.getVersion()).isEqualTo(RELEASE);
        }
        List<String> jars = jars().filter(name -> name.startsWith("camel-") && !name.startsWith("camel-clinicea-"))
                .toList();
        assertThat(jars).hasSizeGreaterThan(10).allMatch(name -> name.endsWith("-" + RELEASE + ".jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"management", "quartz", "sql", "telemetry"})
    void given_a_lane_without_a_jar_of_camel_when_its_class_path_is_read_then_only_that_jar_is_missing(String jar) {
        boolean isMissing = jars().noneMatch(name -> name.equals("camel-" + jar + "-" + RELEASE + ".jar"));

        assertThat(isMissing).isEqualTo(Boolean.getBoolean("lane.without." + jar));
    }

    @Test
    @DisabledIfSystemProperty(named = "lane.httpclient5.version", matches = "of Camel")
    void given_a_lane_with_another_http_client_when_its_class_path_is_read_then_it_is_that_one() {
        assertThat(jars().filter(name -> name.startsWith("httpclient5-")))
                .containsExactly("httpclient5-" + System.getProperty("lane.httpclient5.version") + ".jar");
    }

    private static Stream<String> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString());
    }

    @Test
    void given_a_lane_when_the_component_is_loaded_then_it_comes_from_the_jar_that_was_built() throws Exception {
        Path loaded = Path.of(CliniceaComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(loaded).isRegularFile().hasSameBinaryContentAs(Path.of(System.getProperty("lane.component.jar")));
    }
}
