/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Builds a project that has only the BOM, the published files, and a local repository of its own. */
@Tag("release")
class FreshProjectTest {
    private static final Path TEMPLATE = Path.of("src/test/resources/fresh-project");

    @Test
    void given_an_empty_project_with_the_bom_when_built_then_the_released_files_alone_are_enough() throws Exception {
        StagedRelease release = StagedRelease.get();
        Path folder = Files.createTempDirectory(StagedRelease.WORK, "fresh project-");
        copy(folder);
        Path own = folder.resolve("repository");
        Path settings = Files.writeString(folder.resolve("settings.xml"), settings(release.repository()));

        Build.Result build = Build.run(
                folder,
                folder.resolve("build.log"),
                Map.of(),
                List.of(
                        "compile",
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=class-path.txt",
                        "-s",
                        settings.toString(),
                        "-Dmaven.repo.local=" + own));

        assertThat(build.exitCode()).as(build.output()).isZero();
        Path component = own.resolve(StagedRelease.GROUP)
                .resolve("camel-clinicea-component")
                .resolve(StagedRelease.VERSION);
        assertThat(component.resolve("_remote.repositories")).content().contains(">release=");
        assertThat(own.resolve(StagedRelease.GROUP).resolve("camel-clinicea-parent"))
                .doesNotExist();
        String classPath = Files.readString(folder.resolve("class-path.txt"));
        assertThat(classPath)
                .contains("camel-clinicea-component-" + StagedRelease.VERSION + ".jar")
                .contains("camel-http-")
                .contains("-features.xml")
                .doesNotContain("junit")
                .doesNotContain("camel-clinicea-cli");
        assertThat(run(folder, classPath)).contains("patients").contains("BulkIdempotentRepository");
    }

    private static void copy(Path folder) throws IOException {
        try (var files = Files.walk(TEMPLATE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(TEMPLATE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replace("@version@", StagedRelease.VERSION));
            }
        }
    }

    /** Has the release first, then the local repository of this machine, then Central. */
    private static String settings(Path release) {
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>release</id>
                      <repositories>
                        <repository><id>release</id><url>%1$s</url></repository>
                        <repository><id>machine</id><url>%2$s</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>machine</id><url>%2$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>release</activeProfile></activeProfiles>
                </settings>
                """.formatted(
                release.toUri(), Path.of(System.getProperty("maven.repository")).toUri());
    }

    private static String run(Path folder, String classPath) throws IOException, InterruptedException {
        Path log = folder.resolve("run.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/classes" + System.getProperty("path.separator") + classPath.strip(),
                        "fresh.Fresh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
