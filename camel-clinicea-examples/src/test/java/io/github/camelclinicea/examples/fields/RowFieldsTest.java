/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFieldsTest {
    @TempDir
    private Path folder;

    private RowFields fields;

    @BeforeEach
    void load() throws IOException {
        Path file = folder.resolve("fields.properties");
        Files.writeString(file, """
                # Größe
                patient.mobile = Mobile, Phone
                patient.vip = IsVIPPatient
                patient.language =
                patient.inactive = IsInactive, !IsActive
                bill.total = Total
                bill.items = Items
                """);
        fields = RowFields.load(new DefaultCamelContext(), "file:" + file);
    }

    @Test
    void given_two_names_when_read_then_the_first_field_with_content_counts() {
        assertThat(fields.text("patient.mobile", Map.of("Mobile", "555-0100", "Phone", "555-0101")))
                .isEqualTo("555-0100");
        assertThat(fields.text("patient.mobile", Map.of("Mobile", " ", "Phone", " 555-0101 ")))
                .isEqualTo("555-0101");
        assertThat(fields.text("patient.mobile", Map.of("Phone", 5550101))).isEqualTo("5550101");
    }

    @Test
    void given_fields_without_content_when_read_then_there_is_no_value() {
        Map<String, Object> row = Collections.singletonMap("Mobile", null);

        assertThat(fields.text("patient.mobile", row)).isNull();
        assertThatThrownBy(() -> fields.required("patient.mobile", row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patient.mobile")
                .hasMessageContaining("Mobile, Phone")
                .hasMessageContaining("fields.properties");
    }

    @Test
    void given_a_row_without_the_field_when_read_then_the_error_names_the_line_to_correct() {
        assertThatThrownBy(() -> fields.text("patient.mobile", Map.of("MobileNo", "555-0100")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The row has no field for patient.mobile, which is Mobile, Phone in ")
                .hasMessageNotContaining("555");
    }

    @Test
    void given_a_line_without_a_name_when_read_then_the_clinic_has_no_such_value() {
        assertThat(fields.text("patient.language", Map.of())).isNull();
        assertThat(fields.amount("patient.language", Map.of())).isNull();
        assertThat(fields.flag("patient.language", Map.of())).isFalse();
    }

    @Test
    void given_a_key_with_or_without_names_when_asked_then_only_the_first_is_mapped() {
        assertThat(fields.isMapped("patient.mobile")).isTrue();
        assertThat(fields.isMapped("patient.language")).isFalse();
    }

    @Test
    void given_a_key_that_the_file_lacks_when_read_then_the_error_names_it() {
        assertThatThrownBy(() -> fields.text("patient.name", Map.of()))
                .hasMessageContaining("fields.properties has no line patient.name");
    }

    @Test
    void given_amounts_when_read_then_their_digits_are_kept() {
        assertThat(fields.amount("bill.total", Map.of("Total", new BigDecimal("12.50"))))
                .isEqualTo("12.50");
        assertThat(fields.amount("bill.total", Map.of("Total", "12.50"))).isEqualTo("12.50");
        assertThatThrownBy(() -> fields.amount("bill.total", Map.of("Total", "12,50 (secret)")))
                .hasMessageContaining("bill.total is not a number")
                .hasMessageNotContaining("secret");
    }

    @Test
    void given_a_name_with_an_exclamation_mark_when_read_then_the_flag_has_the_opposite_meaning() {
        assertThat(fields.flag("patient.inactive", Map.of("IsActive", 0))).isTrue();
        assertThat(fields.flag("patient.inactive", Map.of("IsActive", true))).isFalse();
        assertThat(fields.flag("patient.inactive", Map.of("IsInactive", 1, "IsActive", true)))
                .isTrue();
        assertThat(fields.flag("patient.inactive", Map.of("IsActive", ""))).isFalse();
        assertThatThrownBy(() -> fields.flag("patient.inactive", Map.of("Active", 1)))
                .hasMessageContaining("IsInactive, !IsActive");
    }

    @Test
    void given_flags_of_each_shape_when_read_then_they_are_understood() {
        for (Object yes : List.of(true, "True", 1, "1")) {
            assertThat(fields.flag("patient.vip", Map.of("IsVIPPatient", yes))).isTrue();
        }
        for (Object no : List.of(false, "FALSE", 0, "0", "")) {
            assertThat(fields.flag("patient.vip", Map.of("IsVIPPatient", no))).isFalse();
        }
        assertThatThrownBy(() -> fields.flag("patient.vip", Map.of("IsVIPPatient", "perhaps")))
                .hasMessageContaining("patient.vip is not true, false, 1 or 0")
                .hasMessageNotContaining("perhaps");
    }

    @Test
    void given_a_list_when_read_then_it_is_returned_as_it_is() {
        List<Map<String, Integer>> items = List.of(Map.of("Quantity", 2));

        assertThat(fields.value("bill.items", Map.of("Items", items))).isEqualTo(items);
    }

    @Test
    void given_no_file_when_loaded_then_the_error_names_it() {
        assertThatThrownBy(() -> RowFields.load(new DefaultCamelContext(), "file:none.properties"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.properties");
    }

    @Test
    void given_a_row_with_or_without_a_field_when_asked_then_it_is_known() {
        assertThat(fields.isIn("patient.vip", Map.of("IsVIPPatient", 1))).isTrue();
        assertThat(fields.isIn("patient.vip", Map.of("Other", 1))).isFalse();
        assertThatThrownBy(() -> fields.isIn("patient.none", Map.of())).hasMessageContaining("no line patient.none");
    }
}
