/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks the libraries that an application gets with the starter, as Maven resolves them for the runtime. */
class RuntimeDependenciesTest {
    private static final Path RESOLVED = Path.of("target/runtime-dependencies.txt");

    @Test
    void given_an_application_with_the_starter_when_its_libraries_are_resolved_then_quartz_is_not_among_them()
            throws IOException {
        assertThat(Files.readString(RESOLVED).split(File.pathSeparator))
                .anyMatch(library -> library.contains("camel-clinicea-component"))
                .anyMatch(library -> library.contains("camel-http"))
                .noneMatch(RuntimeDependenciesTest::isOfQuartz);
    }

    @Test
    void given_the_tests_of_the_starter_when_they_run_then_it_is_without_quartz() {
        assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(library -> library.contains("camel-http"))
                .noneMatch(RuntimeDependenciesTest::isOfQuartz);
    }

    private static boolean isOfQuartz(String library) {
        String name = library.substring(library.lastIndexOf(File.separatorChar) + 1);
        return name.contains("quartz") || name.contains("c3p0") || name.contains("mchange");
    }
}
