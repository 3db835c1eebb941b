/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.examples.ci.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests how the scripts find JDKs, on folders that look like some. */
@EnabledOnOs(OS.LINUX)
class JdksTest {
    private static final Path COMMON = GitHubFiles.ROOT.resolve(".ci/common").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path jdk(String name, String feature) throws IOException {
        Path home = folder.resolve("with a space").resolve(name);
        Shell.program(home.resolve("bin/java"), """
                #!/bin/sh
                echo "    java.home = %s" >&2
                echo "    java.specification.version = %s" >&2
                """.formatted(home, feature));
        Shell.program(home.resolve("bin/javac"), "#!/bin/sh\n");
        return home;
    }

    private Result find(Path used, Map<String, String> environment, String then) throws Exception {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("JAVA_HOME", used.toString());
        return Shell.run(folder, all, "set -euo pipefail; . '" + COMMON + "'; find_jdks; " + then);
    }

    private Result find(Path used, Map<String, String> environment) throws Exception {
        return find(
                used,
                environment,
                "for f in $(printf '%s\\n' \"${!jdks[@]}\" | sort -n); do echo \"$f ${jdks[$f]}\"; done;"
                        + " echo \"$current to $newest\"");
    }

    @Test
    void given_jdks_beside_the_one_in_use_when_found_then_each_release_has_one_and_that_in_use_counts_first()
            throws Exception {
        jdk("a-17", "17");
        Path used = jdk("b-17", "17");
        Path newer = jdk("c", "25");
        jdk("d", "25");

        assertThat(find(used, Map.of())).isEqualTo(new Result(0, "17 " + used + "\n25 " + newer + "\n17 to 25\n"));
    }

    @Test
    void given_a_variable_of_github_when_found_then_its_jdk_counts() throws Exception {
        Path used = jdk("17.0.15/x64", "17");
        Path other = jdk("21.0.7/x64", "21");

        assertThat(find(used, Map.of("JAVA_HOME_21_X64", other.toString(), "JAVA_HOME_8_X64", folder + "/none")))
                .isEqualTo(new Result(0, "17 " + used + "\n21 " + other + "\n17 to 21\n"));
    }

    @Test
    void given_what_is_no_jdk_when_found_then_it_is_left_out() throws Exception {
        Path used = jdk("a", "17");
        jdk("java-8", "1.8");
        Files.delete(jdk("jre", "21").resolve("bin/javac"));
        Shell.program(jdk("broken", "25").resolve("bin/java"), "#!/bin/sh\nexit 1\n");
        Files.createDirectories(folder.resolve("with a space/empty"));

        assertThat(find(used, Map.of())).isEqualTo(new Result(0, "17 " + used + "\n17 to 17\n"));
    }

    @Test
    void given_a_jdk_that_is_not_installed_when_asked_for_then_the_script_ends_with_its_number() throws Exception {
        Path used = jdk("a", "17");

        Result result = find(used, Map.of(), "home=$(jdk 21); echo it goes on");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).isEqualTo("JDK 21 is not installed beside the one in use, which is JDK 17\n");
    }

    @Test
    void given_a_java_home_without_java_when_found_then_the_script_ends_with_its_path() throws Exception {
        Result result = find(folder.resolve("none"), Map.of(), "echo it goes on");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("There is no Java in JAVA_HOME", folder.resolve("none") + "\n");
    }
}
