/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A name that may be data is not shown. */
class FieldNamesTest {
    private static FieldNames names(String... rows) {
        return new FieldNames(List.of(TestRows.rows(rows)), List.of("PatientID"));
    }

    @Test
    void given_fields_of_all_rows_when_named_then_each_has_its_types() {
        FieldNames names = names("{'Name':'a','Age':1,'Open':true}", "{'Name':null,'Age':1.5,'Open':false}");

        assertThat(names.shown())
                .containsOnly(
                        java.util.Map.entry("Name", "null or string"),
                        java.util.Map.entry("Age", "number"),
                        java.util.Map.entry("Open", "boolean"));
        assertThat(names.hidden()).isZero();
    }

    @Test
    void given_a_map_by_patients_when_named_then_no_patient_is_shown() {
        FieldNames names = names(
                "{'ID':1,'JohnSmith':{},'Zoë':1,'Ann Lee':1,'4711':1}",
                "{'ID':2,'JohnSmith':{},'MaryJones':{},'P20170301':1}",
                "{'ID':3,'P20170301':1,'Zoë':2,'Ann Lee':2,'4711':1}",
                "{'ID':4,'P20170301':1,'Zoë':3,'Ann Lee':2,'4711':1}",
                "{'ID':5,'P20170301':1,'Zoë':3,'Ann Lee':2,'4711':1}");

        assertThat(names.shown()).containsOnlyKeys("ID");
        assertThat(names.hidden()).isEqualTo(6);
    }

    @Test
    void given_one_row_when_named_then_only_the_names_of_the_catalogue_are_shown() {
        assertThat(names("{'PatientID':1,'Name':'a'}").shown()).containsOnlyKeys("PatientID");
    }

    @Test
    void given_rows_that_were_read_twice_when_named_then_each_counts_once() {
        List<ObjectNode> page = TestRows.rows("{'ID':1,'JohnSmith':1}", "{'ID':2}");

        assertThat(new FieldNames(List.of(page, page), List.of()).shown()).containsOnlyKeys("ID");
    }

    @Test
    void given_an_object_in_a_field_when_named_then_its_names_are_not_shown() {
        assertThat(names("{'Visits':{'JohnSmith':1}}", "{'Visits':{'JohnSmith':1}}")
                        .shown())
                .containsOnlyKeys("Visits");
    }

    @Test
    void given_a_long_name_when_named_then_it_is_not_shown() {
        String longName = "A".repeat(200);

        assertThat(names("{'" + longName + "':1}", "{'" + longName + "':1}").shown())
                .isEmpty();
    }
}
