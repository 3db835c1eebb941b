/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarafJavaIT {
    @TempDir
    private Path folder;

    private Path java(String name, String version) throws IOException {
        Path home = folder.resolve("with a space").resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"a\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true);
        return home;
    }

    @Test
    void given_a_java_that_karaf_runs_on_when_asked_for_then_it_is_taken_and_no_older_one() throws IOException {
        java("a", "17.0.15");
        Path own = java("b", "21.0.7");

        assertThat(KarafJava.home(own, Map.of())).contains(own);
    }

    @Test
    void given_a_newer_java_when_asked_for_then_the_oldest_beside_it_is_taken() throws IOException {
        Path own = java("a", "25.0.3");
        java("b", "23");
        Path oldest = java("c", "17.0.15");
        java("d", "11.0.2");
        Files.createDirectories(own.resolveSibling("e"));
        Files.createFile(own.resolveSibling("f"));

        assertThat(KarafJava.home(own, Map.of())).contains(oldest);
    }

    @Test
    void given_a_variable_that_names_another_java_when_asked_for_then_it_is_taken() throws IOException {
        Path own = java("a", "25");
        Path other = folder.resolve("elsewhere");
        Files.move(java("b", "17.0.15"), other);

        assertThat(KarafJava.home(own, Map.of("JAVA_HOME_17_X64", other.toString(), "JAVA_HOME_25_X64", own + "")))
                .contains(other);
    }

    @Test
    void given_only_newer_ones_or_parts_of_one_when_asked_for_then_there_is_none() throws IOException {
        Path own = java("a", "25.0.3");
        java("b", "24.0.1");
        Files.delete(java("c", "17.0.15").resolve("bin/java"));

        assertThat(KarafJava.home(own, Map.of("JAVA_HOME_17_X64", folder.resolve("none") + "")))
                .isEmpty();
    }
}
