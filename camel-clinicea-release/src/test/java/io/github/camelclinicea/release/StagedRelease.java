/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Runs the command that publishes a release, once for all tests, against a Central on this machine. Its bundle becomes
 * a folder in the layout of a Maven repository.
 */
final class StagedRelease {
    static final String VERSION = System.getProperty("project.version");
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path WORK = Path.of("target", "release-check").toAbsolutePath();
    static final String GROUP = "io/github/camelclinicea";

    private static StagedRelease only;
    private static boolean failed;

    private final Path repository;
    private final EphemeralKey key;
    private final List<String> queries;

    private StagedRelease(Path repository, EphemeralKey key, List<String> queries) {
        this.repository = repository;
        this.key = key;
        this.queries = queries;
    }

    static synchronized StagedRelease get() throws Exception {
        assertThat(failed).as("the build failed before").isFalse();
        if (only == null) {
            failed = true;
            only = publish();
            failed = false;
        }
        return only;
    }

    private static StagedRelease publish() throws Exception {
        Files.createDirectories(WORK);
        EphemeralKey key = EphemeralKey.generate();
        Path settings = Files.writeString(
                WORK.resolve("settings.xml"),
                "<settings><servers><server><id>central</id><username>invented</username>"
                        + "<password>invented</password></server></servers></settings>");
        try (CentralStub central = CentralStub.start()) {
            Build.Result build = Build.run(
                    ROOT,
                    WORK.resolve("publish.log"),
                    Map.of("MAVEN_GPG_KEY", key.armored(), "MAVEN_GPG_PASSPHRASE", ""),
                    List.of(
                            "deploy",
                            "-Prelease",
                            "-Dmaven.test.skip",
                            "-DskipFormat",
                            "-s",
                            settings.toString(),
                            "-DcentralBaseUrl=" + central.url(),
                            "-DwaitPollingInterval=1"));
            assertThat(build.exitCode()).as(build.output()).isZero();
            assertThat(central.bundles()).hasSize(1);
            return new StagedRelease(unpacked(central.bundles().get(0)), key, central.queries());
        }
    }

    private static Path unpacked(byte[] bundle) throws IOException {
        Path folder = Files.createTempDirectory(WORK, "repository-");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(folder);
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return folder;
    }

    /** Returns the folder with the layout of a Maven repository. */
    Path repository() {
        return repository;
    }

    EphemeralKey key() {
        return key;
    }

    /** Returns the queries of the uploads. */
    List<String> queries() {
        return queries;
    }

    /** Returns the folder of a module. */
    Path module(String artifact) {
        return repository.resolve(GROUP).resolve(artifact).resolve(VERSION);
    }

    /** Returns the names of the published modules. */
    List<String> modules() throws IOException {
        try (var modules = Files.list(repository.resolve(GROUP))) {
            return modules.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Returns all files that are neither checksums nor signatures. */
    List<Path> artifacts() throws IOException {
        return files().stream()
                .filter(file -> !file.toString().matches(".*\\.(asc|md5|sha1|sha256|sha512)"))
                .toList();
    }

    List<Path> files() throws IOException {
        try (var files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
