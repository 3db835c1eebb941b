/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validates rows with the JSON Schemas of the jar. */
class RowSchemaTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(300).bills(100));

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> resources() {
        return FieldDictionary.resources().stream().map(FieldDictionary.Resource::name);
    }

    private static JsonNode node(String resource) throws IOException {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("schema/" + resource + ".json")) {
            return JSON.readTree(json);
        }
    }

    private static JsonSchema schema(String resource) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node(resource));
    }

    private static boolean isValid(String resource, String row) throws IOException {
        return schema(resource).validate(JSON.readTree(row)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void given_a_schema_when_validated_itself_then_it_is_one_of_the_draft(String resource) throws IOException {
        JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of(
                        node(resource).path("$schema").asText()));

        assertThat(draft.validate(node(resource))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void given_the_rows_of_the_sandbox_when_validated_then_each_is_valid(String resource) throws IOException {
        JsonSchema schema = schema(resource);
        List<Map<String, Object>> rows = clinicea.clinic().rows(resource);

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(schema.validate(JSON.valueToTree(row))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'PatientID':'p1'}",
                "{'ID':'p1','DataStatusStr':'Deleted'}",
                "{'PatientID':null,'ID':17}",
                "{'PatientID':'p1','DOB':'0001-01-01T00:00:00','CreatedDatetime':'/Date(-62135596800000)/'}",
                "{'PatientID':'p1','DOB':null,'Name':null,'BilledTotal':null,'IsInactive':null,'DataStatusStr':null}",
                "{'PatientID':'p1','IsVIPPatient':true,'IsInactive':0}",
                "{'PatientID':'p1','IsVIPPatient':'1','IsInactive':'true'}",
                "{'PatientID':'p1','BilledTotal':1.10,'PaidTotal':'1.10','NoOfTotalVisit':3,'NoOfNoShow':'3'}",
                "{'PatientID':'p1','BilledTotal':1e400,'NoOfTotalVisit':-12345678901234567890}",
                "{'PatientID':'p1','FileNo':17,'Gender':2,'Mobile':5550123}",
                "{'PatientID':'p1','DataStatusStr':'Archived','ModifiedDatetime':'yesterday'}",
                "{'PatientID':'p1','Tags':[1,[2]],'Inner':{'deep':{}},'':'','__proto__':null,'$ref':'#/x'}",
                "{'PatientID':'','Name':'\\u0000 \\uD83D\\uDE00 <script>'}",
            })
    void given_an_odd_row_that_the_component_delivers_when_validated_then_it_is_valid(String row) throws IOException {
        assertThat(isValid("patients", row.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "'p1'",
                "{'PatientID':{'guid':'p1'}}",
                "{'PatientID':'p1','Name':{}}",
                "{'PatientID':'p1','DOB':['2000-01-01']}",
                "{'PatientID':'p1','BilledTotal':{}}",
            })
    void given_no_object_or_a_field_of_another_shape_when_validated_then_it_is_not_valid(String row)
            throws IOException {
        assertThat(isValid("patients", row.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void given_a_row_whose_id_has_a_name_that_the_catalogue_does_not_know_when_validated_then_it_is_valid(
            String resource) throws IOException {
        assertThat(isValid(resource, "{\"OtherID\":\"x\"}")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"patients, 'Its id is in PatientID or ID.'", "bills, 'Its id is in BillID or ID.'"})
    void given_a_schema_when_read_then_its_description_names_the_ids(String resource, String description)
            throws IOException {
        assertThat(node(resource).path("description").asText()).isEqualTo(description);
    }

    @Test
    void given_a_schema_when_read_then_it_says_what_a_field_means_and_how_that_is_known() throws IOException {
        assertThat(node("appointments")
                        .at("/properties/StartDateTime/description")
                        .asText())
                .isEqualTo("when the appointment begins, in the clinic's local time, without a zone (LIVE)");
    }
}
