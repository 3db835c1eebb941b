/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Is a user's local Maven repository behind {@code mvn install}: it has this project's jars and nothing else yet. Other
 * artifacts come from the repository of the running build where it has them, and from the network otherwise. The user's
 * real repository is only read.
 */
final class UserRepository {
    static final String VERSION = System.getProperty("project.version");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path FOLDER = Path.of("target/repository").toAbsolutePath();
    private static final Path OWN = FOLDER.resolve("io/github/camelclinicea");

    private UserRepository() {}

    /**
     * Installs modules.
     *
     * @return the {@code settings.xml} of a Maven with this repository
     */
    static Path install(List<String> modules) throws IOException {
        if (Files.exists(OWN)) {
            try (Stream<Path> old = Files.walk(OWN)) {
                old.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        copy(pom(ROOT), "camel-clinicea-parent", "pom");
        for (String module : modules) {
            copy(pom(ROOT.resolve(module)), module, "pom");
            copy(ROOT.resolve(module).resolve("target/" + module + "-" + VERSION + ".jar"), module, "jar");
        }
        return settings();
    }

    /** Returns the POM that {@code mvn install} takes. */
    private static Path pom(Path module) {
        Path flattened = module.resolve(".flattened-pom.xml");
        return Files.exists(flattened) ? flattened : module.resolve("pom.xml");
    }

    private static void copy(Path file, String artifact, String extension) throws IOException {
        assertThat(file).exists();
        Path folder = Files.createDirectories(OWN.resolve(artifact).resolve(VERSION));
        Files.copy(
                file, folder.resolve(artifact + "-" + VERSION + "." + extension), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path settings() throws IOException {
        String repository = """
                <id>repository-of-the-build</id>
                          <url>%s</url>
                """.formatted(
                        Path.of(System.getProperty("repository.of.the.build")).toUri());
        return Files.writeString(
                Path.of("target/settings.xml").toAbsolutePath(), """
                <settings>
                  <localRepository>%s</localRepository>
                  <profiles>
                    <profile>
                      <id>start</id>
                      <repositories>
                        <repository>%s</repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository>%s</pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles>
                    <activeProfile>start</activeProfile>
                  </activeProfiles>
                </settings>
                """.formatted(FOLDER, repository, repository));
    }
}
