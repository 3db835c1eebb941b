/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the dictionary with the catalogue and with the wire contract, the only source of its fields. */
class FieldDictionaryTest {
    private static final Set<String> GRADES = Set.of("HELP", "VENDOR", "LIVE", "USED", "SECOND", "CONVENTION", "GUESS");

    /** For these the sandbox has invented names, or none. */
    private static final Set<String> NOT_SERVED_OF_PATIENTS = Set.of(
            "BilledTotal",
            "Category",
            "DOB",
            "IsInactive",
            "IsVIPPatient",
            "Locality",
            "Name",
            "Nationality",
            "NoOfNoShow",
            "NoOfTotalVisit",
            "PaidTotal",
            "PatientNotes",
            "Phone",
            "PreferredPractitionerName",
            "Remarks");

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(20));

    static List<FieldDictionary.Resource> resources() {
        return FieldDictionary.resources();
    }

    @Test
    void given_the_dictionary_when_compared_with_the_catalogue_then_it_has_the_same_resources() {
        assertThat(resources())
                .extracting(FieldDictionary.Resource::name)
                .containsExactlyInAnyOrderElementsOf(Catalogue.shipped().names());
    }

    @ParameterizedTest
    @MethodSource("resources")
    void given_a_resource_when_its_change_list_is_read_then_each_field_that_the_component_reads_is_known(
            FieldDictionary.Resource resource) {
        List<String> known =
                resource.fields().stream().map(FieldDictionary.Field::name).toList();
        assertThat(known).doesNotHaveDuplicates();
        assertThat(resource.ids()).isNotEmpty();
        ChangeList changes =
                Catalogue.shipped().resource(resource.name()).orElseThrow().changes();
        if (changes != null) {
            assertThat(known).containsAll(changes.idFields()).containsAll(changes.modifiedFields());
            assertThat(known).containsAnyElementsOf(changes.statusFields());
        }
    }

    /** The sandbox gives a row one id. The other fields of its rows are invented, and no source names them. */
    @ParameterizedTest
    @MethodSource("resources")
    void given_a_field_when_looked_for_in_the_sandbox_then_its_rows_have_it_or_it_is_listed(
            FieldDictionary.Resource resource) {
        Set<String> served = clinicea.clinic().rows(resource.name()).stream()
                .flatMap(row -> row.keySet().stream())
                .collect(Collectors.toSet());
        List<String> ids =
                resource.ids().stream().map(FieldDictionary.Field::name).toList();

        assertThat(served).containsAnyElementsOf(ids);
        Set<String> notServed = resource.fields().stream()
                .map(FieldDictionary.Field::name)
                .filter(name -> !ids.contains(name) && !served.contains(name))
                .collect(Collectors.toSet());
        assertThat(notServed).isEqualTo(resource.name().equals("patients") ? NOT_SERVED_OF_PATIENTS : Set.of());
    }

    @ParameterizedTest
    @MethodSource("resources")
    void given_a_field_when_its_source_is_looked_up_then_the_wire_contract_names_it(FieldDictionary.Resource resource)
            throws IOException {
        String contract = Files.readString(Path.of("../docs/design/wire.md"));

        assertThat(resource.fields()).allSatisfy(field -> {
            assertThat(GRADES).contains(field.grade());
            assertThat(field.meaning()).isNotBlank().doesNotContain("|", "\"");
            assertThat(contract).containsPattern("\\b" + Pattern.quote(field.name()) + "\\b");
        });
    }
}
