/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueMergeTest {
    @TempDir
    Path directory;

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void given_a_file_when_a_list_is_probed_then_its_row_is_replaced_and_all_else_is_kept() throws Exception {
        CatalogueMerge merge =
                new CatalogueMerge("{'note':'mine','resources':[{'name':'bills','path':'/b'},".replace('\'', '"')
                        + "{'name':'patients','path':'/old','operations':{'get':{}}},{'name':'visits','path':'/v'}]}"
                                .replace('\'', '"'));

        JsonNode file = merge.with(
                json("[{'name':'patients','changes':{'page':{'first':1}}},{'name':'leads','path':'/l'}]"),
                List.of("patients", "leads", "visits"));

        assertThat(file)
                .isEqualTo(json("{'note':'mine','resources':[{'name':'bills','path':'/b'},"
                        + "{'name':'patients','operations':{'get':{}},'changes':{'page':{'first':1}}},"
                        + "{'name':'leads','path':'/l'}]}"));
        assertThat(merge.words())
                .containsExactly(
                        "Replaced in clinicea-catalogue.json: patients, visits",
                        "Kept in clinicea-catalogue.json: bills");
    }

    @Test
    void given_no_file_when_probed_then_the_rows_are_the_file() throws Exception {
        CatalogueMerge merge = new CatalogueMerge(null);

        assertThat(merge.with(json("[{'name':'a'}]"), List.of("a"))).isEqualTo(json("{'resources':[{'name':'a'}]}"));
        assertThat(merge.words()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"resources\":1}", "no JSON", "{\"resources\":[1]}"})
    void given_another_file_when_read_then_it_is_refused(String text) {
        assertThatThrownBy(() -> new CatalogueMerge(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void given_a_file_of_other_lists_when_one_list_is_probed_then_it_stays() throws Exception {
        Path file = directory.resolve(PrintedOptions.CATALOGUE_FILE);
        Files.writeString(
                file, json("{'resources':[{'name':'bills','path':'/b'}]}").toString());
        try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
            ProbeRun run = ProbeRun.of(
                    directory,
                    "--api-key=" + sandbox.apiKey(),
                    "--base-url=" + sandbox.baseUrl(),
                    "--resource=patients");

            assertThat(json(run.catalogue())).isEqualTo(json("{'resources':[{'name':'bills','path':'/b'}]}"));
            assertThat(run.out()).contains("Kept in clinicea-catalogue.json: bills");
        }
    }

    @Test
    void given_a_file_that_is_no_catalogue_when_probed_then_nothing_is_asked_and_it_stays() throws Exception {
        Path file = directory.resolve(PrintedOptions.CATALOGUE_FILE);
        Files.writeString(file, "mine");
        try (ScriptedServer server = new ScriptedServer(exchange -> ScriptedServer.send(exchange, 200, "[]"))) {
            ProbeRun run = ProbeRun.of(directory, "--api-key=k", "--base-url=" + server.baseUrl());

            assertThat(run.exitCode()).isNotZero();
            assertThat(run.err()).contains("clinicea-catalogue.json");
            assertThat(server.asked()).isEmpty();
        }
        assertThat(file).hasContent("mine");
    }
}
