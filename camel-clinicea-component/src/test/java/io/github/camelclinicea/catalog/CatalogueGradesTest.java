/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the grades of the parts of each row with docs/design/wire.md, section 5. */
class CatalogueGradesTest {
    private static final Catalogue SHIPPED = Catalogue.shipped();

    private static Resource resource(String name) {
        return SHIPPED.resource(name).orElseThrow();
    }

    /** Columns: resource; grade of path, since, page, first page, page size, id, status, stamp. */
    @ParameterizedTest
    @CsvSource({
        "patients,        LIVE,   LIVE,   LIVE,   HELP, LIVE, CONVENTION, HELP, LIVE",
        "appointments,    LIVE,   LIVE,   LIVE,   LIVE, LIVE, LIVE,       HELP, CONVENTION",
        "bills,           SECOND, VENDOR, HELP,   HELP, HELP, CONVENTION, HELP, CONVENTION",
        "deletedBills,    GUESS,  VENDOR, HELP,   HELP, HELP, CONVENTION, HELP, CONVENTION",
        "patientPackages, SECOND, SECOND, SECOND, HELP, HELP, CONVENTION, HELP, CONVENTION",
        "leads,           GUESS,  VENDOR, HELP,   HELP, HELP, CONVENTION, HELP, CONVENTION",
        "payments,        GUESS,  VENDOR, HELP,   HELP, HELP, CONVENTION, HELP, CONVENTION",
        "visits,          GUESS,  VENDOR, HELP,   HELP, HELP, CONVENTION, HELP, CONVENTION",
    })
    void given_a_change_list_when_the_grades_of_its_parts_are_read_then_each_has_its_own(
            String name,
            Grade path,
            Grade since,
            Grade page,
            Grade firstPage,
            Grade pageSize,
            Grade id,
            Grade status,
            Grade modified) {
        ChangeList changes = resource(name).changes();

        assertThat(Stream.of(
                                Part.PATH,
                                Part.SINCE,
                                Part.PAGE,
                                Part.FIRST_PAGE,
                                Part.PAGE_SIZE,
                                Part.ID_FIELDS,
                                Part.STATUS_FIELDS,
                                Part.MODIFIED_FIELDS)
                        .map(changes::gradeOf))
                .containsExactly(path, since, page, firstPage, pageSize, id, status, modified);
    }

    /** Columns: resource; part; a name of that part; its grade. */
    @ParameterizedTest
    @CsvSource({
        "patients,        SINCE,         lastSyncDate,      LIVE",
        "patients,        SINCE,         lastSyncTimestamp, HELP",
        "patients,        ID_FIELDS,     PatientID,         GUESS",
        "patients,        STATUS_FIELDS, DataStatusStr,     HELP",
        "patients,        STATUS_FIELDS, DataStatusValue,   CONVENTION",
        "appointments,    SINCE,         lastSyncDTime,     LIVE",
        "appointments,    ID_FIELDS,     ID,                LIVE",
        "appointments,    STATUS_FIELDS, DataStatusValue,   LIVE",
        "bills,           SINCE,         lastSyncTimestamp, HELP",
        "bills,           SINCE,         lastSyncDate,      VENDOR",
        "bills,           ID_FIELDS,     BillID,            GUESS",
        "patientPackages, ID_FIELDS,     RowGUID,           SECOND",
        "visits,          ID_FIELDS,     EncounterGUID,     VENDOR",
        "visits,          ID_FIELDS,     EncounterID,       VENDOR",
        "visits,          ID_FIELDS,     ID,                CONVENTION",
    })
    void given_a_part_with_several_names_when_the_grade_of_one_is_read_then_it_is_that_of_the_name(
            String resource, Part part, String name, Grade grade) {
        assertThat(resource(resource).changes().gradeOf(part, name)).isEqualTo(grade);
    }

    /** Columns: resource; operation; grade of its path; of its arguments. */
    @ParameterizedTest
    @CsvSource({
        "appointments, updateAppointment,    LIVE,       GUESS",
        "appointments, createAppointment,    USED,       USED",
        "patients,     getPatientFamily,     GUESS,      GUESS",
        "patients,     searchByMobileNumber, USED,       USED",
        "leads,        create,               CONVENTION, CONVENTION",
    })
    void given_an_operation_when_the_grades_of_its_parts_are_read_then_each_has_its_own(
            String resource, String name, Grade path, Grade arguments) {
        Operation operation = resource(resource).operation(name).orElseThrow();

        assertThat(operation.gradeOf(Part.PATH)).isEqualTo(path);
        assertThat(operation.gradeOf(Part.ARGUMENTS)).isEqualTo(arguments);
    }

    /** Columns: resource; the paths that it may have, in the order of trying. */
    @ParameterizedTest
    @CsvSource({
        "deletedBills, /api/v1/bills/deleted /api/v1/bills/deletedBills /api/v1/bills/getDeletedBills /api/v1/deleted_bills",
        "leads, /api/v1/leads /api/v1/leads/getLeads /api/v1/lead",
        "payments, /api/v1/payments /api/v1/bill_payments /api/v1/bills/payments",
        "visits, /api/v1/patient_visits /api/v1/visits /api/v1/patientVisits /api/v1/encounters",
    })
    void given_a_guessed_path_when_the_guesses_are_read_then_the_shipped_one_is_the_first(String name, String guesses) {
        assertThat(resource(name).pathGuesses()).containsExactly(guesses.split(" "));
        assertThat(resource(name).changes().path()).isEqualTo(guesses.split(" ")[0]);
        assertThat(resource(name).changes().gradeOf(Part.PATH)).isEqualTo(Grade.GUESS);
    }

    static Stream<String> names() {
        return SHIPPED.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void given_a_row_when_its_path_is_no_guess_then_it_has_no_guesses(String name) {
        Resource resource = resource(name);

        assertThat(resource.guessedPath())
                .isEqualTo(resource.changes() != null && resource.changes().gradeOf(Part.PATH) == Grade.GUESS);
    }

    static Stream<Arguments> grades() {
        return names().flatMap(name -> Stream.concat(
                Stream.ofNullable(resource(name).changes())
                        .map(changes -> Arguments.of(
                                changes.grades().keySet(), changes.nameGrades().keySet(), namesIn(changes))),
                resource(name).operations().stream()
                        .map(operation -> Arguments.of(
                                operation.grades().keySet(),
                                operation.nameGrades().keySet(),
                                operation.arguments().stream()
                                        .map(Argument::name)
                                        .toList()))));
    }

    private static List<String> namesIn(ChangeList changes) {
        return Stream.of(
                        changes.since().stream().map(SinceParameter::name),
                        changes.idFields().stream(),
                        changes.statusFields().stream(),
                        changes.modifiedFields().stream())
                .flatMap(part -> part)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("grades")
    void given_the_shipped_rows_when_their_grades_are_read_then_each_is_of_a_part_or_of_a_name_in_the_row(
            Set<String> graded, Set<String> gradedNames, List<String> names) {
        assertThat(Arrays.stream(Part.values()).map(Part::key)).containsAll(graded);
        assertThat(names).containsAll(gradedNames);
    }

    @Test
    void given_a_resource_by_its_path_when_its_grades_are_read_then_the_path_is_the_users_own() {
        ChangeList rooms = SHIPPED.byHelp("rooms", "/api/v1/rooms").changes();

        assertThat(rooms.gradeOf(Part.PATH)).isEqualTo(Grade.OWN);
        assertThat(rooms.gradeOf(Part.SINCE)).isEqualTo(Grade.HELP);
        assertThat(rooms.gradeOf(Part.ID_FIELDS)).isEqualTo(Grade.CONVENTION);
    }
}
