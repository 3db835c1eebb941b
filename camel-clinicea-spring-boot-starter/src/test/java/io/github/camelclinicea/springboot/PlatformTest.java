/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** Checks that the tests run on the releases that the build names. Otherwise all lanes could run on the same ones. */
class PlatformTest {
    @Test
    void given_a_build_when_its_class_path_is_read_then_spring_boot_and_camel_are_the_ones_that_it_names()
            throws Exception {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("tested.spring-boot.version"));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(camel.getVersion()).isEqualTo(System.getProperty("tested.camel.version"));
        }
    }

    @Test
    void given_a_build_when_the_starter_is_loaded_then_it_comes_from_where_the_build_says() throws Exception {
        Path loaded = Path.of(CliniceaComponentAutoConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(loaded).isEqualTo(Path.of(System.getProperty("tested.starter")));
    }
}
