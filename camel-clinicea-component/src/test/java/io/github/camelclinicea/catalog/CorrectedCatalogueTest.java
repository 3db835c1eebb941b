/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files of users that correct the shipped catalogue, and mistakes in them. */
class CorrectedCatalogueTest {
    private static final Catalogue SHIPPED = Catalogue.shipped();

    private static Catalogue corrected(String file) {
        return SHIPPED.correctedBy(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
    }

    private static Resource corrected(String name, String parts) {
        return corrected("{\"resources\": [ {\"name\": \"" + name + "\", " + parts + "} ]}")
                .resource(name)
                .orElseThrow();
    }

    private static Resource shipped(String name) {
        return SHIPPED.resource(name).orElseThrow();
    }

    // ---- corrections

    @Test
    void given_a_path_when_corrected_then_the_list_is_there_and_is_no_guess_any_more() {
        Resource bills = corrected("deletedBills", "\"path\": \"/api/v1/bills/gone\"");

        assertThat(bills.path()).isEqualTo("/api/v1/bills/gone");
        assertThat(bills.changes().path()).isEqualTo("/api/v1/bills/gone");
        assertThat(bills.guessedPath()).isFalse();
        assertThat(bills.pathGuesses()).isEmpty();
        assertThat(bills.changes().gradeOf(Part.PATH)).isEqualTo(Grade.OWN);
        assertThat(bills.changes().note()).isNull();
        assertThat(bills.changes().since())
                .isEqualTo(shipped("deletedBills").changes().since());
        assertThat(bills.changes().idFields()).containsExactly("ID", "BillID");
        assertThat(bills.changes().gradeOf(Part.SINCE)).isEqualTo(Grade.VENDOR);
        assertThat(bills.operations()).isEqualTo(shipped("deletedBills").operations());
    }

    @Test
    void given_the_path_of_the_list_alone_when_corrected_then_that_of_the_resource_is_kept() {
        Resource leads = corrected("leads", "\"changes\": {\"path\": \"/api/v3/leads/getChanges\"}");

        assertThat(leads.path()).isEqualTo("/api/v1/leads");
        assertThat(leads.changes().path()).isEqualTo("/api/v3/leads/getChanges");
        assertThat(leads.guessedPath()).isFalse();
    }

    @Test
    void given_a_list_with_a_path_of_its_own_when_the_resources_is_corrected_then_it_is_the_lists_too() {
        Resource appointments = corrected("appointments", "\"path\": \"/api/v4/appointments\"");

        assertThat(appointments.changes().path()).isEqualTo("/api/v4/appointments");
        assertThat(appointments.operation("updateAppointment").orElseThrow().path())
                .isEqualTo("/api/v3/appointments/updateAppointment");
    }

    @Test
    void given_each_part_of_a_list_when_corrected_then_it_alone_changes_and_is_the_users_own() {
        assertThat(corrected("patients", "\"changes\": {\"page\": {\"first\": 1}}")
                        .changes())
                .satisfies(list -> {
                    assertThat(list.page()).isEqualTo(new PageParameter("intPageNo", 1));
                    assertThat(list.gradeOf(Part.FIRST_PAGE)).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.PAGE)).isEqualTo(Grade.LIVE);
                });
        assertThat(corrected("patients", "\"changes\": {\"page\": {\"name\": \"pageNo\"}}")
                        .changes())
                .satisfies(list -> {
                    assertThat(list.page()).isEqualTo(new PageParameter("pageNo", 0));
                    assertThat(list.gradeOf(Part.PAGE)).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.FIRST_PAGE)).isEqualTo(Grade.HELP);
                });
        assertThat(corrected("patients", "\"changes\": {\"pageSize\": {\"name\": \"pageSize\", \"rows\": 50}}")
                        .changes())
                .satisfies(list -> {
                    assertThat(list.pageSize()).isEqualTo(new PageSize("pageSize", 50));
                    assertThat(list.gradeOf(Part.PAGE_SIZE)).isEqualTo(Grade.OWN);
                });
        assertThat(corrected(
                                "patients",
                                "\"changes\": {\"since\": [{\"name\": \"lastSyncTimestamp\", \"format\": \"UTC_SECONDS\"}]}")
                        .changes())
                .satisfies(list -> {
                    assertThat(list.since())
                            .containsExactly(new SinceParameter("lastSyncTimestamp", TimestampFormat.UTC_SECONDS));
                    assertThat(list.gradeOf(Part.SINCE)).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.SINCE, "lastSyncTimestamp")).isEqualTo(Grade.OWN);
                });
        assertThat(corrected(
                                "patients",
                                "\"changes\": {\"idFields\": [\"PatientID\"], \"statusFields\": [\"Status\"],"
                                        + " \"modifiedFields\": [\"Changed\"]}")
                        .changes())
                .satisfies(list -> {
                    assertThat(list.idFields()).containsExactly("PatientID");
                    assertThat(list.gradeOf(Part.ID_FIELDS, "PatientID")).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.STATUS_FIELDS)).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.MODIFIED_FIELDS)).isEqualTo(Grade.OWN);
                    assertThat(list.gradeOf(Part.PATH)).isEqualTo(Grade.LIVE);
                });
    }

    @Test
    void given_a_field_with_the_name_of_a_part_when_corrected_then_the_part_keeps_its_grade() {
        ChangeList list = corrected("patients", "\"changes\": {\"idFields\": [\"path\", \"page\"]}")
                .changes();

        assertThat(list.gradeOf(Part.ID_FIELDS, "path")).isEqualTo(Grade.OWN);
        assertThat(list.gradeOf(Part.PATH))
                .isEqualTo(SHIPPED.resource("patients").orElseThrow().changes().gradeOf(Part.PATH));
        assertThat(list.gradeOf(Part.PAGE)).isEqualTo(Grade.LIVE);
    }

    @Test
    void given_an_operation_of_the_catalogue_when_corrected_by_its_name_then_the_rest_of_it_is_kept() {
        Resource bills = corrected(
                "bills",
                "\"operations\": [{\"name\": \"listByPatient\", \"path\": \"/api/v3/bills/getBillsByPatient\"}]");
        Operation operation = bills.operation("listByPatient").orElseThrow();

        assertThat(operation.path()).isEqualTo("/api/v3/bills/getBillsByPatient");
        assertThat(operation.gradeOf(Part.PATH)).isEqualTo(Grade.OWN);
        assertThat(operation.gradeOf(Part.ARGUMENTS)).isEqualTo(Grade.USED);
        assertThat(operation.arguments())
                .isEqualTo(shipped("bills")
                        .operation("listByPatient")
                        .orElseThrow()
                        .arguments());
        assertThat(bills.operations()).hasSameSizeAs(shipped("bills").operations());
    }

    @Test
    void given_the_arguments_of_an_update_when_corrected_then_they_replace_the_guesses() {
        Operation update = corrected(
                        "appointments",
                        "\"operations\": [{\"name\": \"updateAppointment\", \"openArguments\": false, \"merge\":"
                                + " {\"readBy\": \"listByPatient\", \"fields\": {}}, \"arguments\": ["
                                + "{\"name\": \"appointmentID\", \"required\": true, \"recordId\": true},"
                                + "{\"name\": \"patientID\"}, {\"name\": \"appointmentDateTime\"},"
                                + "{\"name\": \"clinician\"}]}]")
                .operation("updateAppointment")
                .orElseThrow();

        assertThat(update.arguments())
                .extracting(Argument::name)
                .containsExactly("appointmentID", "patientID", "appointmentDateTime", "clinician");
        assertThat(update.openArguments()).isFalse();
        assertThat(update.gradeOf(Part.ARGUMENTS)).isEqualTo(Grade.OWN);
        assertThat(update.merge().readBy()).isEqualTo("listByPatient");
    }

    @Test
    void given_other_names_of_the_arguments_of_an_update_when_corrected_then_its_merge_is_replaced_as_a_whole() {
        String update = "\"operations\": [{\"name\": \"updateAppointment\", \"arguments\": [{\"name\":"
                + " \"appointmentID\", \"required\": true, \"recordId\": true}, {\"name\": \"patientID\"},"
                + " {\"name\": \"startDateTime\", \"type\": \"DATE_TIME\"}], \"merge\": %s}]";

        assertThat(corrected("appointments", update.formatted("{\"readBy\": \"listByPatient\"}"))
                        .operation("updateAppointment")
                        .orElseThrow()
                        .merge())
                .isEqualTo(new Merge("listByPatient", null));
        assertThat(corrected("appointments", update.formatted("null"))
                        .operation("updateAppointment")
                        .orElseThrow()
                        .merge())
                .isNull();
    }

    @Test
    void given_a_whole_operation_with_the_name_of_a_convention_when_read_then_nothing_of_the_convention_is_left() {
        Operation update = corrected(
                        "leads",
                        "\"operations\": [{\"name\": \"update\", \"verb\": \"update\", \"method\": \"POST\","
                                + " \"path\": \"/api/v3/leads/updateLead\", \"answer\": \"OBJECT\"}]")
                .operation("update")
                .orElseThrow();

        assertThat(update.openBody()).isFalse();
        assertThat(update.merge()).isNull();
        assertThat(update.arguments()).isEmpty();
        assertThat(update.grade()).isEqualTo(Grade.OWN);
    }

    @Test
    void given_an_operation_twice_in_one_row_when_read_then_it_is_refused() {
        assertThatThrownBy(() -> corrected(
                        "bills",
                        "\"operations\": [{\"name\": \"listByPatient\", \"path\": \"/a\"}, {\"name\":"
                                + " \"listByPatient\", \"path\": \"/b\"}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bills has the operation listByPatient twice");
    }

    @Test
    void given_an_operation_that_the_catalogue_lacks_when_added_then_it_performs_its_verb_before_any_other() {
        Resource leads = corrected(
                "leads",
                "\"operations\": [{\"name\": \"createLead\", \"verb\": \"create\", \"method\": \"POST\","
                        + " \"path\": \"/api/v3/leads/createLead\", \"answer\": \"OBJECT\"}]");

        assertThat(leads.operationsFor("create")).extracting(Operation::name).containsExactly("createLead");
        assertThat(leads.operation("createLead").orElseThrow().grade()).isEqualTo(Grade.OWN);
        assertThat(leads.operations()).extracting(Operation::name).startsWith("createLead");
        Resource appointments = corrected(
                "appointments",
                "\"operations\": [{\"name\": \"book\", \"verb\": \"create\", \"method\": \"POST\","
                        + " \"path\": \"/book\", \"answer\": \"OBJECT\"}]");
        assertThat(appointments.operationsFor("create"))
                .extracting(Operation::name)
                .containsExactly("book", "createAppointment");
    }

    @Test
    void given_a_resource_that_the_catalogue_lacks_when_added_then_it_has_the_help_pages_conventions() {
        Catalogue catalogue = corrected(
                "{\"resources\": [{\"name\": \"rooms\", \"path\": \"/api/v1/rooms\", \"changes\": {\"idFields\":"
                        + " [\"RoomID\"]}}, {\"name\": \"stock\", \"path\": \"/api/v1/stock\"}]}");

        Resource rooms = catalogue.resource("rooms").orElseThrow();
        assertThat(rooms.changes().path()).isEqualTo("/api/v1/rooms");
        assertThat(rooms.changes().idFields()).containsExactly("RoomID");
        assertThat(rooms.changes().page()).isEqualTo(new PageParameter("intPageNo", 0));
        assertThat(rooms.changes().gradeOf(Part.PATH)).isEqualTo(Grade.OWN);
        assertThat(rooms.changes().gradeOf(Part.PAGE)).isEqualTo(Grade.HELP);
        assertThat(rooms.guessedPath()).isFalse();
        assertThat(rooms.operationsFor("create")).hasSize(1);
        assertThat(catalogue.resource("stock").orElseThrow().changes()).isNull();
        assertThat(catalogue.names()).containsAll(SHIPPED.names()).contains("rooms", "stock");
    }

    @Test
    void given_a_resource_without_a_list_when_one_is_added_then_it_can_be_polled() {
        Resource documents = corrected("documents", "\"changes\": {\"path\": \"/api/v1/documents\"}");

        assertThat(documents.changes().path()).isEqualTo("/api/v1/documents");
        assertThat(documents.path()).isEqualTo("/api/v3/documents");
        assertThat(documents.changes().gradeOf(Part.PATH)).isEqualTo(Grade.OWN);
        assertThat(documents.operation("upload")).isPresent();
    }

    @Test
    void given_a_copy_of_a_shipped_row_when_applied_then_its_grades_do_not_count() {
        ChangeList list = corrected(
                        "patients",
                        "\"changes\": {\"since\": [{\"name\": \"since\", \"format\": \"UTC_SECONDS\"}], \"grade\":"
                                + " \"SECOND\", \"grades\": {\"since\": \"LIVE\"}}")
                .changes();

        assertThat(list.grade()).isEqualTo(Grade.LIVE);
        assertThat(list.gradeOf(Part.SINCE)).isEqualTo(Grade.OWN);
    }

    @Test
    void given_corrections_when_applied_then_the_shipped_catalogue_stays_as_it_is() {
        Catalogue corrected =
                corrected("{\"$schema\": \"x\", \"resources\": [{\"name\": \"patients\", \"path\": \"/p\"}]}");

        assertThat(corrected.resource("patients").orElseThrow().path()).isEqualTo("/p");
        assertThat(Catalogue.shipped().resource("patients").orElseThrow().path())
                .isEqualTo("/api/v1/patients");
        assertThat(corrected.byHelp("x", "/x").changes())
                .isEqualTo(SHIPPED.byHelp("x", "/x").changes());
        for (String name : List.of("appointments", "bills", "documents")) {
            assertThat(corrected.resource(name)).isEqualTo(SHIPPED.resource(name));
        }
        assertThat(corrected("{\"resources\": []}").names()).isEqualTo(SHIPPED.names());
    }

    // ---- mistakes

    /** Columns: the row of patients, whose name stands in line 3; the line and column; parts of the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "pth": "/x"                                            | line 4, column 3  | unknown key 'pth'. Did you mean 'path'? It takes [name, path
            "path": 7                                              | line 4, column 3  | patients.path must be a text, not number
            "path": null                                           | line 4, column 3  | patients.path must be a text, not null
            "path": "api/v1"                                       | line 4, column 3  | patients: changes.path must start with /
            "path": "/a b"                                         | line 4, column 3  | changes.path
            "changes": []                                          | line 4, column 3  | patients.changes must be an object, not array
            "changes": null                                        | line 4, column 3  | patients.changes must be an object, not null
            "changes": {"sinse": []}                               | line 4, column 15 | patients.changes has the unknown key 'sinse'. Did you mean 'since'?
            "changes": {"since": []}                               | line 4, column 15 | patients: changes.since must have at least one entry
            "changes": {"since": {}}                               | line 4, column 15 | patients.changes.since must be an array, not object
            "changes": {"since": [{"name": "s"}]}                  | line 4, column 25 | patients: since.format is missing
            "changes": {"since": [{"format": "UTC_SECONDS"}]}      | line 4, column 25 | patients: since.name is missing
            "changes": {"since": [{"name": "s", "format": "bb"}]}  | line 4, column 39 | patients.changes.since[0].format must be ISO_OFFSET, UTC_SECONDS or a pattern
            "changes": {"since": [{"name": "s", "frmat": "x"}]}    | line 4, column 39 | unknown key 'frmat'. Did you mean 'format'?
            "changes": {"page": {"first": 2}}                      | line 4, column 24 | patients: page.first must be 0 or 1, not 2
            "changes": {"page": {"first": "1"}}                    | line 4, column 24 | patients.changes.page.first must be a whole number, not string
            "changes": {"page": {"first": 1.5}}                    | line 4, column 24 | patients.changes.page.first must be a whole number
            "changes": {"page": {"first": 99999999999}}            | line 4, column 24 | patients.changes.page.first must be a whole number
            "changes": {"page": {"name": " "}}                     | line 4, column 24 | patients: page.name is missing or blank
            "changes": {"pageSize": {"rows": 0}}                   | line 4, column 28 | patients: pageSize.rows must be positive
            "changes": {"idFields": []}                            | line 4, column 15 | patients: changes.idFields must have at least one entry
            "changes": {"idFields": "ID"}                          | line 4, column 15 | patients.changes.idFields must be an array, not string
            "changes": {"idFields": [7]}                           | line 4, column 28 | patients.changes.idFields[0] must be a text, not number
            "changes": {"dropsDeleted": "yes"}                     | line 4, column 15 | patients.changes.dropsDeleted must be true or false
            "changes": {"grade": "HEARSAY"}                        | line 4, column 15 | patients.changes.grade must be one of [HELP
            "operations": {}                                       | line 4, column 3  | patients.operations must be an array
            "operations": [7]                                      | line 4, column 18 | patients.operations[0] must be an object, not number
            "operations": [{"path": "/x"}]                         | line 4, column 18 | patients.operations[0] needs a 'name'
            "operations": [{"name": "fnd", "path": "/x"}]          | line 4, column 18 | no operation fnd here, so the row needs a 'method'. Did you mean 'find'?
            "operations": [{"name": "x", "method": "GET", "path": "/x"}] | line 4, column 18 | so the row needs a 'answer'
            "operations": [{"name": "find", "method": "PATCH"}]    | line 4, column 35 | patients: operation.method must be one of
            "operations": [{"name": "find", "verb": "search"}]     | line 4, column 35 | patients: operation.verb must be one of
            "operations": [{"name": "find", "answer": "TABLE"}]    | line 4, column 35 | patients.operations[0].answer must be one of [OBJECT, LIST, NOTHING]
            "operations": [{"name": "find", "arguments": [{"name": "a", "type": "EASTER"}]}] | line 4, column 63 | type must be one of
            "operations": [{"name": "find", "arguments": [{"name": "a"}, {"name": "a"}]}]    | line 4, column 35 | operation.arguments must not name one twice
            "operations": [{"name": "find", "arguments": [{"name": "a", "type": "DATE", "value": "x"}]}] | line 4, column 79 | argument.value must be a date
            "pathGuesses": ["/x"]                                  | line 4, column 3  | patients: resource.pathGuesses must begin with the path
            """)
    void given_a_row_with_a_mistake_when_read_then_line_and_reason_are_told(String part, String place, String reason) {
        String file = "{\n \"resources\": [\n  {\"name\": \"patients\",\n  " + part + "}\n ]\n}";

        assertThatThrownBy(() -> corrected(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(place + ": ")
                .hasMessageContaining(reason);
    }

    /** Columns: a file; parts of the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                     | line 1, column 1: it must be an object with an array 'resources'
            7                                                      | line 1, column 1: it must be an object
            {}                                                     | line 1, column 1: 'resources' must be an array
            {"resources": {}}                                      | line 1, column 2: 'resources' must be an array
            {"resource": []}                                       | line 1, column 2: unknown key 'resource'. Did you mean 'resources'?
            {"help": {}, "resources": []}                          | line 1, column 2: unknown key 'help'
            {"resources": [7]}                                     | line 1, column 16: resources[0] must be an object
            {"resources": [{"path": "/x"}]}                        | line 1, column 16: resources[0] needs a 'name'
            {"resources": [{"name": "a b", "path": "/x"}]}         | line 1, column 17: resources[0] needs a 'name' of letters
            {"resources": [{"name": "a?b", "path": "/x"}]}         | line 1, column 17: resources[0] needs a 'name' of letters
            {"resources": [{"name": "", "path": "/x"}]}            | line 1, column 17: resources[0] needs a 'name' of letters
            {"resources": [{"name": "pateints", "changes": {}}]}   | line 1, column 16: the catalogue has no resource pateints, so the row needs a 'path'. Did you mean 'patients'?
            {"resources": [{"name": "bills", "path": "/a"}, {"name": "bills", "path": "/b"}]} | line 1, column 49: bills comes twice
            `` | it is empty
            """)
    void given_a_file_of_another_shape_when_read_then_it_says_what_belongs_there(String file, String message) {
        assertThatThrownBy(() -> corrected(file == null ? "" : file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "not json",
                "{\"resources\": []} {}",
                "{\"resources\": [], \"resources\": []}",
                "{\"resources\": [{\"name\": \"a\", \"name\": \"b\"}]}",
                "{\"resources\": [,]}"
            })
    void given_text_that_is_no_sound_json_when_read_then_it_fails(String file) {
        assertThatThrownBy(() -> corrected(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void given_json_nested_without_end_when_read_then_it_fails_without_an_overflow() {
        assertThatThrownBy(() -> corrected("[".repeat(100_000))).isInstanceOf(UncheckedIOException.class);
    }

    /** A file with all keys. */
    private static final String ALL = """
            {"resources": [
              {"name": "patients", "path": "/p", "pathGuesses": ["/p", "/q"],
               "changes": {
                 "path": "/p", "since": [{"name": "s", "format": "UTC_SECONDS"}], "page": {"name": "p", "first": 1},
                 "pageSize": {"name": "r", "rows": 5}, "idFields": ["I"], "statusFields": ["S"],
                 "modifiedFields": ["M"], "dropsDeleted": true, "arguments": [{"name": "a"}], "grade": "LIVE",
                 "grades": {"path": "LIVE"}, "note": "n"},
               "operations": [
                 {"name": "o", "verb": "update", "method": "PUT", "path": "{path}/{i}", "openArguments": true,
                  "openBody": false, "content": false, "answer": "OBJECT", "merge": {"readBy": "get", "fields": {}},
                  "arguments": [{"name": "i", "place": "PATH", "type": "TEXT", "required": true, "recordId": true,
                                 "description": "d"},
                                {"name": "j", "value": "1", "fixed": true, "type": "INTEGER"}],
                  "grade": "USED", "grades": {"arguments": "GUESS"}, "note": "n"},
                 {"name": "l", "verb": "list", "method": "GET", "path": "/l", "answer": "LIST",
                  "paging": {"page": {"name": "p", "first": 0}, "pageSize": {"name": "r", "rows": 9}}}]},
              {"name": "rooms", "path": "/rooms"}]}
            """;

    /** Replaces each value and each key of a file in turn. No failure may come from Java or Jackson. */
    @Test
    void given_any_value_in_any_place_when_read_then_it_is_taken_or_refused_with_its_line() throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(corrected(ALL).names()).contains("rooms");
        List<JsonPointer> places = new ArrayList<>();
        collect(json.readTree(ALL), JsonPointer.empty(), places);
        int refused = 0;
        for (JsonPointer place : places) {
            for (String wrong : List.of(
                    "null",
                    "7",
                    "-1",
                    "1e999",
                    "\"\"",
                    "\"x\"",
                    "\"/x y\"",
                    "true",
                    "[]",
                    "{}",
                    "[null]",
                    "{\"\": 1}",
                    "[[]]",
                    "{\"name\": \"x\"}",
                    "[{\"name\": \"x\"}]",
                    "\"{x}\"",
                    "\"\\u0000\"")) {
                ObjectNode root = (ObjectNode) json.readTree(ALL);
                JsonNode parent = root.at(place.head());
                if (parent instanceof ObjectNode object) {
                    object.set(place.last().getMatchingProperty(), json.readTree(wrong));
                } else {
                    ((ArrayNode) parent).set(place.last().getMatchingIndex(), json.readTree(wrong));
                }
                refused += refusedWithPlace(root.toPrettyString(), place + " = " + wrong);
            }
            ObjectNode root = (ObjectNode) json.readTree(ALL);
            if (root.at(place.head()) instanceof ObjectNode object) {
                JsonNode value = object.remove(place.last().getMatchingProperty());
                object.set(place.last().getMatchingProperty() + "x", value);
                refused += refusedWithPlace(root.toPrettyString(), place + " renamed");
            }
        }
        assertThat(refused).isGreaterThan(places.size());
    }

    private static void collect(JsonNode node, JsonPointer place, List<JsonPointer> places) {
        node.fieldNames().forEachRemaining(name -> places.add(place.appendProperty(name)));
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            places.add(place.appendIndex(i));
        }
        node.fieldNames().forEachRemaining(name -> collect(node.get(name), place.appendProperty(name), places));
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            collect(node.get(i), place.appendIndex(i), places);
        }
    }

    private static int refusedWithPlace(String file, String change) {
        try {
            corrected(file);
            return 0;
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .as(change)
                    .matches("(?s)line \\d+, column \\d+: .+")
                    .doesNotContain("com.fasterxml", "java.lang", "io.github");
            return 1;
        }
    }
}
