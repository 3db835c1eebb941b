/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaComponent;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Checks that a lane runs on its own release of Camel. Without this check, all lanes could run on the same release. */
class LaneIT {
    private static final String RELEASE = System.getProperty("lane.camel.version");

    @Test
    void given_a_lane_when_camel_starts_then_all_of_it_is_of_the_lanes_release() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();

            assertThat(camel.getVersion()).isEqualTo(RELEASE);
        }
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith("camel-") && !name.startsWith("camel-clinicea-"))
                .toList();
        assertThat(jars).hasSizeGreaterThan(10).allMatch(name -> name.endsWith("-" + RELEASE + ".jar"));
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
