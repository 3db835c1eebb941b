/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldFinderTest {
    private static final ChangeList PATIENTS =
            Catalogue.shipped().resource("patients").orElseThrow().changes();

    private static FieldFinder finder(int rows, String json) {
        List<ObjectNode> page = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            page.addAll(TestRows.rows(json.replace("#", Integer.toString(i))));
        }
        return new FieldFinder("patients", PATIENTS, List.of(page));
    }

    @Test
    void given_the_fields_of_the_catalogue_when_looked_for_then_the_first_that_fits_is_found() {
        FieldFinder finder = finder(
                3, "{'ID':'#','PatientID':'p#','DataStatusValue':'Added','ModifiedDatetime':'2026-01-01T00:00:00'}");

        assertThat(finder.id()).contains("PatientID");
        assertThat(finder.status()).contains("DataStatusValue");
        assertThat(finder.modified()).contains("ModifiedDatetime");
    }

    @Test
    void given_a_known_id_that_rows_share_when_looked_for_then_the_next_is_found() {
        assertThat(finder(3, "{'PatientID':'p','ID':'#'}").id()).contains("ID");
    }

    @Test
    void given_other_names_when_looked_for_then_those_that_look_like_it_are_found() {
        FieldFinder finder = finder(
                20,
                "{'Name':'n#','RecordGuid':'g#','State':'added','ChangedAt':'2026-01-01T00:00:00Z','Born':'2000-01-01T00:00:00'}");

        assertThat(finder.id()).contains("RecordGuid");
        assertThat(finder.status()).contains("State");
        assertThat(finder.modified()).contains("ChangedAt");
    }

    @Test
    void given_few_rows_or_blank_values_when_looked_for_then_no_id_is_guessed() {
        assertThat(finder(9, "{'RecordGuid':'g#'}").id()).isEmpty();
        assertThat(finder(20, "{'RecordGuid':' '}").id()).isEmpty();
        assertThat(finder(20, "{'Name':'#'}").id()).isEmpty();
        assertThat(finder(0, "{}").status()).isEmpty();
    }

    @Test
    void given_one_record_twice_in_a_page_when_looked_for_then_the_id_is_still_one() {
        List<ObjectNode> page = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            page.addAll(TestRows.rows("{'PatientID':'p" + Math.max(i, 1) + "'}"));
        }

        assertThat(new FieldFinder("patients", PATIENTS, List.of(page)).id()).contains("PatientID");
    }

    private static FieldFinder payments(String json, int pages) {
        List<List<ObjectNode>> read = new ArrayList<>();
        int number = 0;
        for (int page = 0; page < pages; page++) {
            List<ObjectNode> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                rows.addAll(TestRows.rows(
                        json.replace("#", Integer.toString(number++)).replace("@", Integer.toString(i))));
            }
            read.add(rows);
        }
        ChangeList payments =
                Catalogue.shipped().resource("payments").orElseThrow().changes();
        return new FieldFinder("payments", payments, read);
    }

    @Test
    void given_the_id_of_another_record_alone_when_looked_for_then_it_is_a_candidate_only() {
        FieldFinder finder = payments("{'PatientID':'p#','Amount':1}", 1);

        assertThat(finder.id()).isEmpty();
        assertThat(finder.idCandidates()).containsExactly("PatientID");
    }

    @Test
    void given_the_lists_own_name_among_others_when_looked_for_then_it_is_taken() {
        FieldFinder finder = payments("{'ReceiptKey':'r#','PatientID':'p#','PaymentKey':'k#'}", 1);

        assertThat(finder.id()).contains("PaymentKey");
    }

    @Test
    void given_two_fields_that_may_be_it_when_looked_for_then_none_is_taken() {
        FieldFinder finder = payments("{'ReceiptKey':'r#','RowID':'p#'}", 1);

        assertThat(finder.id()).isEmpty();
        assertThat(finder.idCandidates()).containsExactly("ReceiptKey", "RowID");
    }

    @Test
    void given_a_field_that_is_unique_in_a_page_only_when_looked_for_then_it_is_no_candidate() {
        FieldFinder finder = payments("{'SlotID':'s@','RowGUID':'g#','Paid':'x','Grid':'y#','row_id':'z#'}", 2);

        assertThat(finder.idCandidates()).containsExactly("RowGUID");
        assertThat(finder.id()).contains("RowGUID");
    }

    @Test
    void given_a_guess_that_two_rows_of_a_page_share_when_looked_for_then_it_is_none() {
        List<ObjectNode> page = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            page.addAll(TestRows.rows("{'RecordGuid':'g" + Math.max(i, 1) + "'}"));
        }

        assertThat(new FieldFinder("patients", PATIENTS, List.of(page)).id()).isEmpty();
    }
}
