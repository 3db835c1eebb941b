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
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the forms of issues as GitHub does, and that they ask for what helps and for no data of a patient. */
class IssueFormsTest {
    private static final String CONFIG = "ISSUE_TEMPLATE/config.yml";
    private static final Pattern PAGE = Pattern.compile("docs/[\\w/-]+\\.md");
    private static final String BLOB = "https://github.com/camel-clinicea/camel-clinicea/blob/main/";
    private static final Set<String> TYPES = Set.of("markdown", "input", "textarea", "dropdown", "checkboxes");

    private final Map<String, JsonNode> forms = GitHubFiles.in("ISSUE_TEMPLATE");
    private final JsonNode config = forms.remove(CONFIG);

    IssueFormsTest() throws IOException {}

    private JsonNode field(String form, String id) {
        for (JsonNode field : forms.get("ISSUE_TEMPLATE/" + form + ".yml").path("body")) {
            if (field.path("id").asText().equals(id)) {
                return field;
            }
        }
        throw new AssertionError(form + " has no field " + id);
    }

    private static boolean isRequired(JsonNode field) {
        return field.at("/validations/required").asBoolean();
    }

    @Test
    void given_a_form_when_checked_then_github_accepts_it() {
        assertThat(forms).hasSize(3).allSatisfy((name, form) -> {
            assertThat(form.path("name").asText()).as(name).isNotBlank();
            assertThat(form.path("description").asText()).as(name).isNotBlank();
            List<String> ids = new ArrayList<>();
            for (JsonNode field : form.path("body")) {
                String type = field.path("type").asText();
                assertThat(TYPES).as(name).contains(type);
                if (type.equals("markdown")) {
                    assertThat(field.at("/attributes/value").asText()).isNotBlank();
                    continue;
                }
                ids.add(field.path("id").asText());
                assertThat(field.at("/attributes/label").asText()).as(name).isNotBlank();
                for (JsonNode option : field.at("/attributes/options")) {
                    JsonNode text = type.equals("checkboxes") ? option.path("label") : option;
                    // "yes" without quotes would be no text.
                    assertThat(text.isTextual()).as(name + ": " + option).isTrue();
                }
            }
            assertThat(ids).as(name).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
        });
    }

    @Test
    void given_a_form_when_filled_in_then_its_sender_confirms_that_it_has_no_data_of_a_patient() {
        assertThat(forms.keySet()).allSatisfy(name -> {
            JsonNode box = field(name.replaceAll(".*/|\\.yml", ""), "private").at("/attributes/options/0");
            assertThat(box.path("label").asText()).contains("patient", "key", "password");
            assertThat(box.path("required").asBoolean()).isTrue();
        });
        assertThat(field("bug", "logs").at("/attributes/label").asText()).contains("without patients' data");
    }

    @Test
    void given_a_bug_when_reported_then_versions_and_runtime_are_asked_for_and_the_probes_report_may_be_added() {
        for (String id : List.of("version", "camel", "java", "runtime", "seen")) {
            assertThat(isRequired(field("bug", id))).as(id).isTrue();
        }
        assertThat(isRequired(field("bug", "probe"))).isFalse();
        assertThat(field("bug", "probe").at("/attributes/description").asText()).contains("clinicea-probe.json");
        assertThat(field("wrong-guess", "probe").at("/attributes/description").asText())
                .contains("clinicea-probe.json");
    }

    @Test
    void given_a_page_when_named_then_it_exists_and_a_weakness_is_reported_elsewhere() {
        List<String> links = config.path("contact_links").findValuesAsText("url");

        assertThat(config.path("blank_issues_enabled").toString()).isEqualTo("false");
        assertThat(links).contains(BLOB + "SECURITY.md").allSatisfy(link -> {
            assertThat(link).startsWith(BLOB);
            assertThat(GitHubFiles.ROOT.resolve(link.substring(BLOB.length()))).exists();
        });
        forms.forEach((name, form) -> PAGE.matcher(form.toString())
                .results()
                .forEach(page -> assertThat(Files.exists(GitHubFiles.ROOT.resolve(Path.of(page.group()))))
                        .as(name + ": " + page.group())
                        .isTrue()));
    }
}
