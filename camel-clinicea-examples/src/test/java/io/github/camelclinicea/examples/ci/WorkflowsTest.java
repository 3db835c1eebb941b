/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the workflows of GitHub, and that they agree with the scripts, the POM and the pages. */
class WorkflowsTest {
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w/-]+@(?:v\\d+|[0-9a-f]{40})");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern SECRET = Pattern.compile("secrets\\.[A-Z_]+");
    private static final List<String> JDKS = List.of("17", "21", "25");

    private final Map<String, JsonNode> workflows = GitHubFiles.in("workflows");

    WorkflowsTest() throws IOException {}

    private static String read(String file) throws IOException {
        return Files.readString(GitHubFiles.ROOT.resolve(file));
    }

    private List<JsonNode> jobs() {
        List<JsonNode> jobs = new ArrayList<>();
        workflows.values().forEach(workflow -> workflow.path("jobs").forEach(jobs::add));
        return jobs;
    }

    private List<JsonNode> steps() {
        List<JsonNode> steps = new ArrayList<>();
        jobs().forEach(job -> job.path("steps").forEach(steps::add));
        return steps;
    }

    private JsonNode job(String workflow, String job) {
        JsonNode found =
                workflows.get("workflows/" + workflow + ".yml").path("jobs").path(job);
        assertThat(found.isObject()).as(workflow + " has a job " + job).isTrue();
        return found;
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> javaVersions(JsonNode job) {
        return Stream.of(job.path("steps").findValue("java-version").asText().split("\\s+"))
                .toList();
    }

    @Test
    void given_all_yaml_files_when_read_then_each_is_a_map() throws IOException {
        assertThat(GitHubFiles.all())
                .hasSizeGreaterThan(6)
                .allSatisfy((name, tree) -> assertThat(tree.isObject()).as(name).isTrue());
    }

    @Test
    void given_an_action_when_used_then_its_version_is_pinned() {
        List<String> actions = steps().stream()
                .map(step -> step.path("uses").asText(""))
                .filter(uses -> !uses.isEmpty())
                .toList();

        assertThat(actions).isNotEmpty().allMatch(uses -> PINNED.matcher(uses).matches());
    }

    @Test
    void given_a_workflow_when_run_then_it_may_only_read_and_each_job_ends_at_some_time() {
        assertThat(workflows).isNotEmpty().allSatisfy((name, workflow) -> {
            assertThat(workflow.path("permissions").toString()).as(name).isEqualTo("{\"contents\":\"read\"}");
            assertThat(workflow.path("on").has("pull_request_target")).as(name).isFalse();
        });
        assertThat(jobs())
                .allSatisfy(
                        job -> assertThat(job.path("timeout-minutes").asInt()).isPositive())
                .allSatisfy(job -> assertThat(job.has("permissions")).isFalse());
        assertThat(steps().stream().filter(step -> step.path("uses").asText().startsWith("actions/checkout@")))
                .isNotEmpty()
                .allMatch(
                        step -> step.at("/with/persist-credentials").toString().equals("false"));
    }

    @Test
    void given_an_expression_when_used_then_it_is_no_command_and_a_secret_is_only_a_variable() {
        for (JsonNode step : steps()) {
            assertThat(step.path("run").asText()).doesNotContain("${{");
            step.path("with").forEach(value -> assertThat(value.asText()).doesNotContain("secrets."));
            step.path("env").forEach(value -> {
                Matcher expression = EXPRESSION.matcher(value.asText());
                if (expression.find() && expression.group(1).contains("secrets")) {
                    assertThat(value.asText()).isEqualTo(expression.group());
                    assertThat(expression.group(1)).matches(SECRET);
                }
            });
        }
    }

    @Test
    void given_a_push_or_pull_request_when_built_then_the_whole_script_runs_beside_each_jdk() {
        assertThat(workflows.get("workflows/build.yml").path("on").has("push")).isTrue();
        assertThat(workflows.get("workflows/build.yml").path("on").has("pull_request"))
                .isTrue();
        JsonNode build = job("build", "run");

        assertThat(build.path("steps").findValuesAsText("run")).contains(".ci/run");
        assertThat(new TreeSet<>(javaVersions(build))).containsExactlyElementsOf(JDKS);
        assertThat(javaVersions(build)).last().isEqualTo("17");
        assertThat(build.path("steps").findValue("JDKS").asText()).isEqualTo("21 25");
    }

    @Test
    void given_the_matrix_of_lanes_when_compared_with_the_script_then_it_has_the_oldest_and_the_newest_release()
            throws IOException {
        JsonNode matrix = job("build", "lane").at("/strategy/matrix");
        Matcher releases = Pattern.compile("(?m)^releases=\\((.*?)\\)").matcher(read(".ci/compatibility"));
        assertThat(releases.find()).isTrue();
        List<String> known = List.of(releases.group(1).split("\\s+"));

        assertThat(words(matrix.path("camel"))).containsExactly(known.get(0), known.get(known.size() - 1));
        assertThat(words(matrix.path("java"))).containsExactlyElementsOf(JDKS);
    }

    @Test
    void given_the_jdks_when_looked_for_then_the_pom_and_the_pages_name_the_same() throws IOException {
        assertThat(read("pom.xml")).contains("built on JDK 17, 21 and 25.", "<version>[17,)</version>");
        assertThat(read("CONTRIBUTING.md")).contains("JDK 17, 21 and 25");
        assertThat(read("README.md")).contains("JDK 17 or newer");
    }

    @Test
    void given_the_week_when_over_then_every_release_of_camel_is_run_again() {
        JsonNode weekly = workflows.get("workflows/compatibility.yml");

        assertThat(weekly.path("on").path("schedule").findValuesAsText("cron")).hasSize(1);
        assertThat(job("compatibility", "compatibility").path("steps").findValuesAsText("run"))
                .containsExactly(".ci/compatibility");
    }

    @Test
    void given_a_tag_of_a_version_when_pushed_then_the_profile_that_publishes_runs_and_nothing_else_starts_it() {
        JsonNode release = workflows.get("workflows/release.yml");

        assertThat(release.path("on").toString()).isEqualTo("{\"push\":{\"tags\":[\"v*\"]}}");
        assertThat(job("release", "release").path("steps").findValuesAsText("run"))
                .filteredOn(run -> run.contains("-Prelease"))
                .hasSize(1);
    }

    @Test
    void given_a_path_of_reports_when_uploaded_then_it_is_below_a_folder_of_a_build() {
        List<String> paths = steps().stream()
                .filter(step -> step.path("uses").asText().startsWith("actions/upload-artifact@"))
                .map(step -> step.at("/with/path").asText())
                .toList();

        assertThat(paths).isNotEmpty().allMatch(path -> path.contains("/target/"));
        assertThat(paths.stream().filter(path -> !path.contains("*")).map(path -> path.split("/target/")[0]))
                .allMatch(module -> Files.exists(GitHubFiles.ROOT.resolve(Path.of(module, "pom.xml"))));
    }
}
