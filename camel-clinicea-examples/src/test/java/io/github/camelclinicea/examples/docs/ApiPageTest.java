/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that the packages of the API stand in one place, which the bundle, japicmp and the page take them from. */
class ApiPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PACKAGES = Pattern.compile("<api\\.packages>([\\w.;]+)</api\\.packages>");

    @Test
    void given_the_packages_of_the_pom_when_the_pages_table_is_read_then_it_has_the_same_ones() throws IOException {
        String page = page();
        String table = page.substring(page.indexOf("| Package | Content |"), page.indexOf("All other packages"));

        assertThat(matches("^\\| `([\\w.]+)` \\|", table)).isEqualTo(packages("component"));
        assertThat(page).contains("public classes of `" + packages("sandbox").get(0) + "`");
    }

    @Test
    void given_the_packages_of_the_pom_when_the_bundle_and_japicmp_are_configured_then_both_take_them_from_there()
            throws IOException {
        assertThat(pom("component"))
                .contains("<Export-Package>${api.packages};version=\"${project.version}\"</Export-Package>");
        assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains("<include>${api.packages}</include>");
    }

    @Test
    void given_the_modules_with_an_api_when_the_script_is_read_then_it_compares_them() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".ci/api")))
                .contains("modules=(camel-clinicea-component camel-clinicea-sandbox)");
        try (var folders = Files.list(ROOT)) {
            assertThat(folders.filter(folder -> hasApi(folder.resolve("pom.xml")))
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrder("camel-clinicea-component", "camel-clinicea-sandbox");
        }
    }

    @Test
    void given_the_bom_when_the_pages_coordinates_are_read_then_they_are_those_of_the_bom_and_the_bom_itself()
            throws IOException {
        String page = page();
        List<String> coordinates =
                matches("^\\| `(camel-clinicea-[a-z-]+)` \\|", page.substring(page.indexOf("| Artifact of")));

        assertThat(coordinates).first().isEqualTo("camel-clinicea-bom");
        String bom = pom("bom");
        assertThat(coordinates.subList(1, coordinates.size()))
                .containsExactlyInAnyOrderElementsOf(matches(
                        "<artifactId>(camel-clinicea-[a-z-]+)</artifactId>",
                        bom.substring(bom.indexOf("<dependencyManagement>"))));
    }

    private static boolean hasApi(Path pom) {
        try {
            return Files.exists(pom) && PACKAGES.matcher(Files.readString(pom)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> packages(String module) throws IOException {
        return PACKAGES.matcher(pom(module))
                .results()
                .flatMap(match -> Pattern.compile(";").splitAsStream(match.group(1)))
                .toList();
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String pom(String module) throws IOException {
        return Files.readString(ROOT.resolve("camel-clinicea-" + module).resolve("pom.xml"));
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/reference/api.md"));
    }
}
