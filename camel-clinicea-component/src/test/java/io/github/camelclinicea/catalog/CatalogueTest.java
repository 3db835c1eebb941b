/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the shipped catalogue with docs/design/wire.md, section 5, which is repeated here. Also tests wrong
 * catalogues.
 */
class CatalogueTest {
    private static final Catalogue SHIPPED = Catalogue.shipped();

    /** A correct catalogue. Each wrong one differs from it in one place. */
    private static final String SOUND = """
            { "help": {
                "changes": {
                  "since": [ { "name": "lastSyncTimestamp", "format": "ISO_OFFSET" } ],
                  "page": { "name": "intPageNo", "first": 0 },
                  "pageSize": { "rows": 100 },
                  "idFields": [ "ID" ],
                  "statusFields": [ "DataStatusStr" ],
                  "modifiedFields": [ "ModifiedDatetime" ],
                  "grade": "HELP"
                },
                "operations": [
                  { "name": "create", "verb": "create", "method": "POST", "path": "{path}", "openBody": true,
                    "answer": "OBJECT", "grade": "HELP" }
                ]
              },
              "resources": [
                { "name": "rooms",
                  "path": "/api/v1/rooms",
                  "changes": { "grade": "LIVE", "page": { "name": "pageNo", "first": 1 } },
                  "operations": [
                    { "name": "book", "verb": "update", "method": "PUT", "path": "/api/v1/rooms/{room}/book",
                      "answer": "LIST", "grade": "USED",
                      "paging": { "page": { "name": "bookPage", "first": 1 }, "pageSize": { "rows": 100 } },
                      "arguments": [
                        { "name": "room", "place": "PATH", "required": true, "recordId": true },
                        { "name": "from", "type": "DATE" }
                      ] }
                  ]
                }
              ]
            }
            """;

    // ---- what is shipped

    @Test
    void given_the_shipped_file_when_its_names_are_read_then_they_are_those_of_the_contract() {
        assertThat(SHIPPED.names())
                .containsExactlyInAnyOrder(
                        "patients",
                        "appointments",
                        "bills",
                        "deletedBills",
                        "patientPackages",
                        "leads",
                        "payments",
                        "visits",
                        "documents",
                        "prescriptions",
                        "services");
    }

    /**
     * Columns: name; path; since-parameters and their formats; page parameter and first page; size parameter and rows;
     * id fields; further arguments; grade; whether the path is a guess. Section 5 gives deletedBills only ID. BillID
     * after it is for section 3, in which the older lists have such names of ids.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            patients        | /api/v1/patients                 | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | PatientID; ID | -             | LIVE   | known
            appointments    | /api/v3/appointments/getChanges  | lastSyncDTime UTC_SECONDS                              | pageNo 1    | pageSize 100 | ID            | -             | LIVE   | known
            bills           | /api/v1/bills                    | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | BillID; ID    | -             | VENDOR | known
            patientPackages | /api/v1/patient_packages         | lastsyncdate UTC_SECONDS                               | pageno 0    | - 100        | RowGUID; ID   | -             | SECOND | known
            leads           | /api/v1/leads                    | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | ID            | -             | VENDOR | guessed
            payments        | /api/v1/payments                 | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | ID            | -             | VENDOR | guessed
            deletedBills    | /api/v1/bills/deleted            | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | ID; BillID    | -             | VENDOR | guessed
            visits          | /api/v1/patient_visits           | lastSyncDate UTC_SECONDS; lastSyncTimestamp ISO_OFFSET | intPageNo 0 | - 100        | EncounterGUID; EncounterID; ID | casesheetName | VENDOR | guessed
            """)
    void given_a_resource_of_the_contract_when_its_change_list_is_looked_up_then_it_is_as_written_there(
            String name,
            String path,
            String since,
            String page,
            String size,
            String ids,
            String arguments,
            Grade grade,
            String guessed) {
        Resource resource = resource(name);
        ChangeList changes = resource.changes();

        assertThat(changes.path()).isEqualTo(path);
        assertThat(changes.since().stream()
                        .map(s -> s.name() + " " + s.format())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(since);
        assertThat(changes.page().name() + " " + changes.page().first()).isEqualTo(page);
        assertThat(size(changes.pageSize())).isEqualTo(size);
        assertThat(String.join("; ", changes.idFields())).isEqualTo(ids);
        assertThat(changes.statusFields()).containsExactly("DataStatusStr", "DataStatusValue");
        assertThat(changes.modifiedFields()).containsExactly("ModifiedDatetime");
        assertThat(described(changes.arguments())).isEqualTo(arguments);
        assertThat(changes.grade()).isEqualTo(grade);
        assertThat(resource.guessedPath()).isEqualTo(guessed.equals("guessed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leads", "payments", "deletedBills", "visits"})
    void given_a_guessed_path_when_the_row_is_read_then_its_note_says_so(String name) {
        assertThat(resource(name).changes().note()).contains("guessed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"documents", "prescriptions", "services"})
    void given_a_resource_without_a_change_list_when_it_is_looked_up_then_it_has_none(String name) {
        assertThat(resource(name).changes()).isNull();
    }

    /**
     * Columns: resource; operation; its verb; method; path; arguments (* required, # takes the record's id, :type,
     * @place, =default, =value! if it is fixed); paging; response; grade.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            patients        | getPatientByID         | get    | GET    | /api/v3/patients/getPatientByID                   | patientID*#                                        | -                        | OBJECT  | USED
            patients        | find                   | list   | GET    | /api/v3/patients/getPatient                       | searchBy*:INTEGER; searchText*; searchOption       | -                        | LIST    | LIVE
            patients        | findByFileNo           | -      | GET    | /api/v3/patients/getPatient                       | searchBy:INTEGER=0!; searchText*                   | -                        | LIST    | LIVE
            patients        | findByUniqueNo         | -      | GET    | /api/v3/patients/getPatient                       | searchBy:INTEGER=1!; searchText*                   | -                        | LIST    | LIVE
            patients        | findByMobile           | -      | GET    | /api/v3/patients/getPatient                       | searchBy:INTEGER=2!; searchText*; searchOption*    | -                        | LIST    | LIVE
            patients        | findByEmail            | -      | GET    | /api/v3/patients/getPatient                       | searchBy:INTEGER=3!; searchText*                   | -                        | LIST    | LIVE
            patients        | searchByMobileNumber   | -      | GET    | /api/v1/patients/searchByMobileNumber             | patMobile*; countryCode*                           | -                        | LIST    | USED
            patients        | getPatientFamily       | -      | GET    | /api/v3/patients/getPatientFamily                 | patientID*                                         | -                        | LIST    | USED
            appointments    | listByDate             | list   | GET    | /api/v3/appointments/getAppointmentsByDate        | appointmentDate*:DATE                              | pageNo 1 pageSize 100    | LIST    | LIVE
            appointments    | listByPatient          | list   | GET    | /api/v2/appointments/getAppointmentsByPatient     | patientID*; appointmentType:INTEGER=2              | pageNo 1 pageSize 100    | LIST    | USED
            appointments    | createAppointment      | create | POST   | /api/v3/appointments/createAppointment            | patientID*; appointmentDateTime*:DATE_TIME; staffID; clinicID; serviceType; appointmentType:INTEGER; notes; appointmentServiceID | - | OBJECT | USED
            appointments    | updateAppointment      | update | PUT    | /api/v3/appointments/updateAppointment            | appointmentID*#; patientID; appointmentDateTime:DATE_TIME; staffID; clinicID; serviceType; appointmentType:INTEGER; notes; appointmentServiceID | - | OBJECT | LIVE
            bills           | listByPatient          | list   | GET    | /api/v2/bills/getBillsByPatient                   | patientID*; billStatus:INTEGER=0                   | pageNo 1 pageSize 100    | LIST    | USED
            patientPackages | listByPatient          | list   | GET    | /api/v2/patientPackages/getPackagesByPatient      | patientID*; packageStatus:INTEGER=0                | pageNo 1 - 100           | LIST    | USED
            prescriptions   | listByPatient          | list   | GET    | /api/v2/patientRx/getRxByPatient                  | patientID*; rxStatus:INTEGER=0                     | pageNo 1 - 100           | LIST    | USED
            documents       | listByPatient          | list   | GET    | /api/v2/documents/getDocumentsByPatient           | patientID*                                         | pageNo 1 - 100           | LIST    | USED
            documents       | getFolder              | -      | GET    | /api/v3/documents/getFolder                       | -                                                  | -                        | OBJECT  | LIVE
            documents       | createDocumentDetails  | create | POST   | /api/v3/documents/createDocumentDetails           | patientID*; docName*; docCatg; docDtm:DATE_OR_TIME; docFKType:INTEGER=1; docFKID | - | OBJECT | LIVE
            documents       | upload                 | -      | POST   | /api/v3/documents/createDocumentDetails           | patientID*; docName*; docCatg; docDtm:DATE_OR_TIME; docFKType:INTEGER=1; docFKID | - | OBJECT | LIVE
            documents       | deleteDocumentByPatient| delete | DELETE | /api/v3/documents/deleteDocumentByPatient         | docID*#; patientID*                                | -                        | NOTHING | USED
            services        | listByClinic           | list   | GET    | /api/v3/services/getServicesByClinic              | ClinicID*; searchText=; serviceCategory=; serviceType=0 | pageNo 1 pageSize 100   | LIST    | USED
            visits          | createEncounterFull    | create | POST   | /api/v3/patientVisits/createEncounterFull         | patid*@BODY; encdtm*:DATE_TIME@BODY; srvname@BODY; note@BODY | - | OBJECT  | SECOND
            """)
    void given_a_call_of_the_contract_when_it_is_looked_up_then_it_is_as_written_there(
            String resource,
            String name,
            String verb,
            String method,
            String path,
            String arguments,
            String paging,
            Operation.Answer answer,
            Grade grade) {
        Operation operation = resource(resource).operation(name).orElseThrow();

        assertThat(operation.verb() == null ? "-" : operation.verb()).isEqualTo(verb);
        assertThat(operation.method()).isEqualTo(method);
        assertThat(operation.path()).isEqualTo(path);
        assertThat(described(operation.arguments())).isEqualTo(arguments);
        assertThat(operation.required())
                .containsExactlyElementsOf(operation.arguments().stream()
                        .filter(Argument::required)
                        .map(Argument::name)
                        .toList());
        assertThat(paging(operation.paging())).isEqualTo(paging);
        assertThat(operation.answer()).isEqualTo(answer);
        assertThat(operation.grade()).isEqualTo(grade);
        assertThat(operation.openBody()).isFalse();
        assertThat(operation.openArguments()).isEqualTo(name.equals("updateAppointment"));
        assertThat(operation.content()).isEqualTo(name.equals("upload"));
        assertThat(operation.readOnly()).isEqualTo(method.equals("GET"));
    }

    /** A row that the tests above do not know would be missing in the contract. */
    @Test
    void given_the_shipped_file_when_all_its_own_operations_are_counted_then_there_are_no_others() {
        long own = SHIPPED.names().stream()
                .flatMap(name -> resource(name).operations().stream())
                .filter(operation -> operation.grade() != Grade.CONVENTION)
                .count();

        assertThat(own).isEqualTo(22);
    }

    @Test
    void given_an_update_that_is_not_partial_when_its_note_is_read_then_it_says_so() {
        assertThat(resource("appointments")
                        .operation("updateAppointment")
                        .orElseThrow()
                        .note())
                .contains("not partial");
    }

    /** Columns: resource; the operation that reads the record for its update. */
    @ParameterizedTest
    @CsvSource({
        "patients, getPatientByID",
        "appointments, listByPatient",
        "bills, get",
        "deletedBills, get",
        "patientPackages, get",
        "leads, get",
        "payments, get",
        "visits, get",
        "documents, get",
        "prescriptions, get",
        "services, get",
    })
    void given_an_update_when_asked_how_its_record_is_read_then_there_is_an_operation_for_it(String name, String read) {
        Resource resource = resource(name);

        assertThat(resource.operationsFor("update"))
                .hasSize(1)
                .allSatisfy(
                        update -> assertThat(resource.readFor(update).name()).isEqualTo(read));
    }

    @Test
    void given_an_argument_that_the_record_calls_otherwise_when_merged_then_the_row_says_how() {
        assertThat(resource("appointments")
                        .operation("updateAppointment")
                        .orElseThrow()
                        .merge()
                        .fields())
                .isEqualTo(Map.of("appointmentDateTime", "StartDateTime"));
    }

    @Test
    void given_a_merge_of_an_update_without_an_id_when_loaded_then_it_fails() {
        String merged = changed("\"verb\": \"update\",", "\"verb\": \"update\", \"merge\": {\"readBy\": \"create\"},");

        assertThatThrownBy(() -> load(merged.replace("\"recordId\": true", "\"recordId\": false")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining("the record's id");
    }

    @Test
    void given_a_merge_that_is_read_by_what_needs_more_than_the_update_has_when_loaded_then_it_fails() {
        String look =
                "{ \"name\": \"look\", \"method\": \"GET\", \"path\": \"/look\", \"answer\": \"LIST\", \"grade\": \"USED\","
                        + " \"arguments\": [ { \"name\": \"%s\", \"required\": true } ] }, { \"name\": \"book\",";
        String merged = changed("\"verb\": \"update\",", "\"verb\": \"update\", \"merge\": {\"readBy\": \"look\"},");

        assertThat(load(merged.replace("{ \"name\": \"book\",", look.formatted("from")))
                        .names())
                .containsExactly("rooms");
        assertThatThrownBy(() -> load(merged.replace("{ \"name\": \"book\",", look.formatted("until"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("merge.readBy of book");
    }

    /** Columns: resource; a create; the look-up that shows whether it was done. */
    @ParameterizedTest
    @CsvSource({
        "appointments, createAppointment, listByPatient",
        "documents, createDocumentDetails, listByPatient",
        "visits, createEncounterFull, list",
        "patients, create, find",
        "bills, create, listByPatient",
        "leads, create, list",
        "services, create, listByClinic",
    })
    void given_a_create_when_asked_how_to_look_its_record_up_then_it_is_by_what_the_create_was_given(
            String resource, String create, String lookUp) {
        assertThat(resource(resource)
                        .lookUpFor(resource(resource).operation(create).orElseThrow()))
                .contains(lookUp);
    }

    @Test
    void given_a_resource_without_any_list_when_asked_for_a_look_up_then_there_is_none() {
        Operation create =
                SHIPPED.byHelp("rooms", "/api/v1/rooms").operation("create").orElseThrow();

        assertThat(new Resource("rooms", "/api/v1/rooms", List.of(), null, List.of(create)).lookUpFor(create))
                .isEmpty();
    }

    /** Columns: type; a text; whether the text has this type. */
    @ParameterizedTest
    @CsvSource({
        "TEXT, anything, true",
        "TEXT, '', true",
        "TEXT, 'two\nlines', true",
        "INTEGER, 0, true",
        "INTEGER, -17, true",
        "INTEGER, 1.0, false",
        "INTEGER, '', false",
        "INTEGER, ' 1', false",
        "INTEGER, ١, false",
        "DATE, 2026-02-28, true",
        "DATE, 2026-02-29, false",
        "DATE, 2026-2-9, false",
        "DATE, 28.02.2026, false",
        "DATE, 2026-02-28T00:00:00, false",
        "DATE_TIME, 2026-03-01T09:30, true",
        "DATE_TIME, 2026-03-01T09:30:00, true",
        "DATE_TIME, 2026-03-01T09:30:00.123, true",
        "DATE_TIME, 2026-03-01T09:30:00Z, true",
        "DATE_TIME, 2026-03-01T09:30:00+05:30, true",
        "DATE_TIME, 2026-03-01T09:30:00+05:30[Asia/Kolkata], false",
        "DATE_TIME, 2026-03-01 09:30:00, false",
        "DATE_TIME, 2026-03-01, false",
        "DATE_TIME, 2026-02-30T09:30:00, false",
        "DATE_TIME, 2026-03-01T25:00:00, false",
        "DATE_OR_TIME, 2026-03-01, true",
        "DATE_OR_TIME, 2026-03-01T09:30, true",
        "DATE_OR_TIME, 2026-03-01T09:30:00+05:30, true",
        "DATE_OR_TIME, 2026-02-30, false",
        "DATE_OR_TIME, 2026-02-30T09:30:00, false",
        "DATE_OR_TIME, 2026-03-01T, false",
        "DATE_OR_TIME, 2026-03-01 09:30, false",
        "DATE_OR_TIME, 09:30, false",
    })
    void given_a_text_when_asked_whether_it_is_of_a_type_then_the_answer_is_right(
            Argument.Type type, String text, boolean is) {
        assertThat(type.accepts(text.replace("\\n", "\n"))).isEqualTo(is);
    }

    @Test
    void given_the_times_of_appointments_when_they_are_sent_then_they_are_in_utc_and_others_are_not() {
        assertThat(Catalogue.shipped().resource("appointments").orElseThrow().operations().stream()
                        .flatMap(operation -> operation.arguments().stream())
                        .filter(argument -> argument.type() == Argument.Type.DATE_TIME))
                .hasSize(2)
                .allMatch(Argument::utc);
        assertThatThrownBy(() -> new Argument("day", null, Argument.Type.DATE, false, false, null, false, null, true))
                .hasMessageContaining("DATE_TIME");
    }

    @Test
    void given_an_argument_when_its_signature_is_asked_for_then_it_says_all_that_a_caller_has_to_know() {
        assertThat(resource("appointments")
                        .operation("createAppointment")
                        .orElseThrow()
                        .callerArguments())
                .extracting(Argument::signature)
                .startsWith(
                        "patientID (required)",
                        "appointmentDateTime (required, a date and time like 2026-03-01T09:30:00)",
                        "staffID")
                .contains("appointmentType (a whole number)");
    }

    @Test
    void given_an_argument_that_is_fixed_when_asked_what_a_caller_may_give_then_it_is_not_among_it() {
        assertThat(resource("patients").operation("findByMobile").orElseThrow().callerArguments())
                .extracting(Argument::name)
                .containsExactly("searchText", "searchOption");
    }

    // ---- the help page's contract

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create | POST   | {path}      | -         | true  | OBJECT
            update | PUT    | {path}/{id} | id*@PATH# | true  | OBJECT
            delete | DELETE | {path}/{id} | id*@PATH# | false | NOTHING
            get    | GET    | {path}/{id} | id*@PATH# | false | OBJECT
            """)
    void given_a_name_the_catalogue_lacks_when_asked_for_by_path_then_its_operations_are_the_convention(
            String verb, String method, String path, String arguments, boolean openBody, Operation.Answer answer) {
        Resource resource = SHIPPED.byHelp("rooms", "/api/v1/rooms");

        assertThat(resource.operationsFor(verb)).hasSize(1);
        Operation operation = resource.operationsFor(verb).get(0);
        assertThat(operation.name()).isEqualTo(verb);
        assertThat(operation.method()).isEqualTo(method);
        assertThat(operation.path()).isEqualTo(path);
        assertThat(described(operation.arguments())).isEqualTo(arguments);
        assertThat(operation.openBody()).isEqualTo(openBody);
        assertThat(operation.answer()).isEqualTo(answer);
        assertThat(operation.grade()).isEqualTo(Grade.CONVENTION);
        assertThat(operation.note()).contains("convention, unverified");
    }

    @Test
    void given_a_name_the_catalogue_lacks_when_asked_for_by_path_then_its_change_list_is_the_help_pages() {
        Resource resource = SHIPPED.byHelp("rooms", "/api/v1/rooms");

        assertThat(resource.name()).isEqualTo("rooms");
        assertThat(resource.path()).isEqualTo("/api/v1/rooms");
        assertThat(resource.guessedPath()).isFalse();
        ChangeList changes = resource.changes();
        assertThat(changes.path()).isEqualTo("/api/v1/rooms");
        assertThat(changes.since())
                .containsExactly(new SinceParameter("lastSyncTimestamp", TimestampFormat.ISO_OFFSET));
        assertThat(changes.page()).isEqualTo(new PageParameter("intPageNo", 0));
        assertThat(changes.pageSize()).isEqualTo(new PageSize(null, 100));
        assertThat(changes.idFields()).containsExactly("ID");
        assertThat(changes.grade()).isEqualTo(Grade.HELP);
        assertThat(changes.arguments()).isEmpty();
    }

    @Test
    void given_a_name_the_catalogue_lacks_when_looked_up_then_there_is_nothing() {
        assertThat(SHIPPED.resource("rooms")).isEmpty();
        assertThat(SHIPPED.resource("Patients")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api/v1/rooms", "", " /api", "/api/v1/waiting rooms", "/api?x=1", "/api#x", "/api/{id}", "/a\nb"
            })
    void given_a_path_that_is_none_when_asked_for_by_path_then_it_is_refused_by_name(String path) {
        assertThatThrownBy(() -> SHIPPED.byHelp("rooms", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining("path");
    }

    // ---- a row says only where it differs

    @Test
    void given_a_row_that_differs_in_one_field_when_read_then_the_rest_is_the_help_pages() {
        Resource rooms = load(SOUND).resource("rooms").orElseThrow();

        assertThat(rooms.changes().page()).isEqualTo(new PageParameter("pageNo", 1));
        assertThat(rooms.changes().grade()).isEqualTo(Grade.LIVE);
        assertThat(rooms.changes().path()).isEqualTo("/api/v1/rooms");
        assertThat(rooms.changes().pageSize().rows()).isEqualTo(100);
        assertThat(rooms.changes().since()).hasSize(1);
        assertThat(rooms.operations()).extracting(Operation::name).containsExactly("book", "create");
    }

    @Test
    void given_a_row_that_names_one_part_of_an_object_when_read_then_its_other_part_is_the_help_pages() {
        Resource rooms = load(changed("\"name\": \"pageNo\", \"first\": 1", "\"name\": \"pageNo\""))
                .resource("rooms")
                .orElseThrow();

        assertThat(rooms.changes().page()).isEqualTo(new PageParameter("pageNo", 0));
    }

    @Test
    void given_a_row_with_a_list_when_read_then_the_list_replaces_the_help_pages() {
        Resource rooms = load(changed("\"grade\": \"LIVE\"", "\"grade\": \"LIVE\", \"idFields\": [\"RoomID\"]"))
                .resource("rooms")
                .orElseThrow();

        assertThat(rooms.changes().idFields()).containsExactly("RoomID");
    }

    @Test
    void given_a_row_with_an_own_create_when_read_then_the_convention_does_not_stand_beside_it() {
        Resource rooms = load(changed("\"verb\": \"update\"", "\"verb\": \"create\""))
                .resource("rooms")
                .orElseThrow();

        assertThat(rooms.operationsFor("create")).extracting(Operation::name).containsExactly("book");
    }

    @Test
    void given_two_rows_when_read_then_neither_shows_in_the_other() {
        Catalogue catalogue = load(
                changed(
                        "\"resources\": [",
                        "\"resources\": [ { \"name\": \"beds\", \"path\": \"/beds\", \"changes\": {\"idFields\": [\"BedID\"]} },"));

        assertThat(catalogue.names()).containsExactly("beds", "rooms");
        assertThat(catalogue.resource("beds").orElseThrow().changes().idFields())
                .containsExactly("BedID");
        assertThat(catalogue.resource("rooms").orElseThrow().changes().idFields())
                .containsExactly("ID");
        assertThat(catalogue.byHelp("x", "/x").changes().idFields()).containsExactly("ID");
    }

    // ---- wrong files

    /** Columns: the correct text; the wrong text in its place; the part of the message after the row's name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "path": "/api/v1/rooms",                                | `` | path
            "path": "/api/v1/rooms",                                | "path": "api/v1/rooms", | path
            "name": "pageNo", "first": 1                            | "name": "pageNo", "first": 2 | page.first
            "name": "pageNo", "first": 1                            | "name": "pageNo", "first": -1 | page.first
            "name": "pageNo", "first": 1                            | "name": " " | page.name
            "name": "pageNo", "first": 1                            | "name": "pageNo", "frist": 1 | frist
            "grade": "LIVE"                                         | "grade": "HEARSAY" | grade
            "grade": "LIVE"                                         | "grade": null | grade
            "grade": "LIVE"                                         | "grade": "LIVE", "since": [] | since
            "grade": "LIVE"                                         | "grade": "LIVE", "since": null | since
            "grade": "LIVE"                                         | "grade": "LIVE", "since": [{"format": "UTC_SECONDS"}] | since.name
            "grade": "LIVE"                                         | "grade": "LIVE", "since": [{"name": "s"}] | since.format
            "grade": "LIVE"                                         | "grade": "LIVE", "since": [{"name": "s", "format": "yyyy-bb"}] | format
            "grade": "LIVE"                                         | "grade": "LIVE", "idFields": [] | idFields
            "grade": "LIVE"                                         | "grade": "LIVE", "statusFields": [] | statusFields
            "grade": "LIVE"                                         | "grade": "LIVE", "modifiedFields": [] | modifiedFields
            "grade": "LIVE"                                         | "grade": "LIVE", "pageSize": {"rows": 0} | pageSize.rows
            "grade": "LIVE"                                         | "grade": "LIVE", "pageSize": null | pageSize
            "grade": "LIVE"                                         | "grade": "LIVE", "colour": "red" | colour
            "page": { "name": "pageNo", "first": 1 }                | "page": null | page
            "page": { "name": "pageNo", "first": 1 }                | "page": 1 | page
            "changes": { "grade": "LIVE", "page": { "name": "pageNo", "first": 1 } } | "changes": [] | changes
            "changes": { "grade": "LIVE", "page": { "name": "pageNo", "first": 1 } } | "changes": null | changes
            "name": "book"                                          | "name": "" | operation.name
            "verb": "update"                                        | "verb": "modify" | operation.verb
            "method": "PUT"                                         | "method": "PATCH" | operation.method
            "method": "PUT",                                        | `` | operation.method
            "path": "/api/v1/rooms/{room}/book"                     | "path": "api/v1/rooms/{room}" | operation.path
            "path": "/api/v1/rooms/{room}/book"                     | "path": "/api/v1/rooms/book" | {room}
            "path": "/api/v1/rooms/{room}/book"                     | "path": "/api/v1/rooms/{room}/{bed}" | {bed}
            "answer": "LIST"                                        | "answer": "OBJECT" | operation.paging
            "answer": "LIST"                                        | "answer": "TABLE" | answer
            "answer": "LIST",                                       | `` | operation.answer
            "grade": "USED"                                         | "grade": "ODD" | grade
            "grade": "USED",                                        | `` | operation.grade
            "grade": "USED"                                         | "grade": "USED", "merge": {} | merge.readBy
            "grade": "USED"                                         | "grade": "USED", "merge": {"readBy": "find"} | merge.readBy
            "grade": "USED"                                         | "grade": "USED", "merge": {"readBy": "create"} | merge.readBy
            "grade": "USED"                                         | "grade": "USED", "merge": {"readBy": "create", "fields": {"until": "End"}} | merge.fields
            "name": "bookPage", "first": 1                          | "first": 1 | page.name
            "name": "bookPage", "first": 1                          | "name": "bookPage" | first
            "place": "PATH"                                         | "place": "MOON" | place
            "name": "from"                                          | "name": "room" | operation.arguments
            "name": "from", "type": "DATE"                          | "type": "DATE" | argument.name
            "type": "DATE"                                          | "type": "EASTER" | type
            "type": "DATE"                                          | "recordId": true | recordId
            "type": "DATE"                                          | "type": "DATE", "value": "tomorrow" | argument.value
            "type": "DATE"                                          | "fixed": true | argument.value
            "type": "DATE"                                          | "value": "x", "fixed": true, "required": true | argument.fixed
            "type": "DATE"                                          | "descripton": "a misspelt field" | descripton
            """)
    void given_a_catalogue_wrong_in_one_place_when_loaded_then_it_fails_and_names_row_and_field(
            String right, String wrong, String field) {
        String json = changed(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> load(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining(field);
    }

    @Test
    void given_a_resource_twice_when_loaded_then_it_fails_and_names_it() {
        String json = changed("\"resources\": [", "\"resources\": [ { \"name\": \"rooms\", \"path\": \"/rooms\" },");

        assertThatThrownBy(() -> load(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining("twice");
    }

    @Test
    void given_an_operation_twice_when_loaded_then_it_fails_and_names_it() {
        String json = changed(
                "\"operations\": [\n        { \"name\": \"book\"",
                "\"operations\": [ { \"name\": \"book\", \"method\": \"GET\", \"path\": \"/b\","
                        + " \"answer\": \"LIST\", \"grade\": \"USED\" }, { \"name\": \"book\"");

        assertThatThrownBy(() -> load(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rooms")
                .hasMessageContaining("operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "null"})
    void given_operations_that_are_no_array_when_loaded_then_it_fails_and_says_so(String operations) {
        String json = changed(
                "\"resources\": [",
                "\"resources\": [ { \"name\": \"beds\", \"path\": \"/b\", \"operations\": " + operations + " },");

        assertThatThrownBy(() -> load(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beds")
                .hasMessageContaining("operations");
    }

    @Test
    void given_a_row_without_a_name_when_loaded_then_it_fails_and_says_so() {
        assertThatThrownBy(() -> load(changed("\"name\": \"rooms\",", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resource.name");
    }

    @Test
    void given_a_row_that_is_no_object_when_loaded_then_it_fails_and_says_so() {
        assertThatThrownBy(() -> load(changed("\"resources\": [", "\"resources\": [ 7,")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{\"help\": {}, \"resources\": {}}", "{\"help\": [], \"resources\": []}"})
    void given_a_file_of_another_shape_when_loaded_then_it_fails_and_says_what_belongs_in_it(String json) {
        assertThatThrownBy(() -> load(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("help")
                .hasMessageContaining("resources");
    }

    @Test
    void given_a_file_without_the_help_pages_change_list_when_loaded_then_it_fails_and_says_so() {
        assertThatThrownBy(() -> load(
                        "{\"help\": {}, \"resources\": [{\"name\": \"rooms\", \"path\": \"/r\", \"changes\": {}}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"help\": {}, \"help\": {}, \"resources\": []}", "not json"})
    void given_a_file_that_is_no_sound_json_when_loaded_then_it_fails(String json) {
        assertThatThrownBy(() -> load(json))
                .isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class);
    }

    @Test
    void given_a_file_with_something_behind_it_when_loaded_then_it_fails() {
        assertThatThrownBy(() -> load(SOUND + "{}")).isInstanceOf(UncheckedIOException.class);
    }

    // ----

    private static Resource resource(String name) {
        return SHIPPED.resource(name).orElseThrow();
    }

    private static String changed(String right, String wrong) {
        assertThat(SOUND).containsOnlyOnce(right);
        return SOUND.replace(right, wrong);
    }

    private static Catalogue load(String json) {
        try (InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
            return Catalogue.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String size(PageSize size) {
        return (size.name() == null ? "-" : size.name()) + " " + size.rows();
    }

    private static String paging(Paging paging) {
        return paging == null
                ? "-"
                : paging.page().name() + " " + paging.page().first() + " " + size(paging.pageSize());
    }

    private static String described(List<Argument> arguments) {
        List<String> all = new ArrayList<>();
        for (Argument argument : arguments) {
            String text = argument.name();
            if (argument.required()) {
                text += "*";
            }
            if (argument.type() != Argument.Type.TEXT) {
                text += ":" + argument.type();
            }
            if (argument.place() != Argument.Place.QUERY) {
                text += "@" + argument.place();
            }
            if (argument.recordId()) {
                text += "#";
            }
            if (argument.value() != null) {
                text += "=" + argument.value() + (argument.fixed() ? "!" : "");
            }
            all.add(text);
        }
        return all.isEmpty() ? "-" : String.join("; ", all);
    }
}
