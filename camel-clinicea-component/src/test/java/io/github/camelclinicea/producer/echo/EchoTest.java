/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.EchoClinic.Ask;
import io.github.camelclinicea.testing.Warnings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the echo of a write is dropped and nothing else, with other users who write at any step, all within one
 * second.
 */
class EchoTest extends EchoTestBase {
    @BeforeEach
    void one_patient_that_was_delivered_long_ago() {
        clinic.at(LONG_AGO);
        clinic.edit("p1", "Phone", "555-0100");
        assertThat(poll()).containsExactly("p1 Phone=555-0100");
        clinic.at(Instant.now());
        poll();
    }

    private void write(String phone) {
        Exchange exchange = update("p1", Map.of("Phone", phone));
        assertThat(exchange.getException()).isNull();
        assertThat(clinic.asked(Ask.UPDATE)).isPositive();
    }

    @Test
    void given_a_write_when_it_comes_back_then_it_is_dropped_and_nothing_is_left_of_its_mark() {
        write("555-0101");

        assertThat(marks()).hasSize(2);
        assertThat(poll()).isEmpty();
        assertThat(poll()).as("once more").isEmpty();
        assertThat(marks()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_write_that_was_dropped_when_another_edits_the_record_in_the_same_second_then_that_is_delivered() {
        write("555-0101");
        poll();

        clinic.edit("p1", "Notes", "by another");
        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");

        clinic.edit("p1", "Phone", "555-0100");
        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0100");
    }

    @Test
    void given_a_change_by_another_that_was_delivered_when_the_record_is_written_then_the_echo_is_dropped() {
        clinic.edit("p1", "Notes", "by another");
        assertThat(poll()).hasSize(1);

        write("555-0101");

        assertThat(poll()).isEmpty();
    }

    @Test
    void given_a_change_by_another_that_was_not_delivered_when_the_record_is_written_then_all_of_it_is_delivered() {
        clinic.edit("p1", "Notes", "by another");

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LOOK", "LIST", "UPDATE"})
    void given_a_write_when_another_edits_the_record_around_any_of_its_steps_then_that_is_delivered(Ask step) {
        clinic.beforeNext(step, () -> clinic.edit("p1", "Notes", "by another"));
        write("555-0101");
        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");

        clinic.afterNext(step, () -> clinic.edit("p1", "Notes", "by a third"));
        write("555-0102");
        assertThat(poll()).containsExactly("p1 Notes=by a third Phone=555-0102");
    }

    /** The list is wrongly empty once, at each possible request, and hides a change that the route does not know. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void given_a_change_by_another_that_was_not_delivered_when_the_list_is_wrongly_empty_then_all_of_it_is_delivered(
            int earlierWrites) {
        for (int i = 0; i < earlierWrites; i++) {
            write("555-020" + i);
            poll();
        }
        clinic.edit("p1", "Notes", "by another");
        clinic.answerPage(0, 204);

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");
    }

    /** The list once ends too early and hides the page with the change. Pages are smaller than announced. */
    @Test
    void given_a_change_by_another_on_page_1_when_that_page_is_wrongly_empty_then_all_of_it_is_delivered() {
        clinic.pageSize(1);
        clinic.edit("a1", "Notes", "by another");
        assertThat(poll()).hasSize(1);
        clinic.edit("p1", "Notes", "by another");
        clinic.answerPage(1, 204);

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");
    }

    /** Page 0 is missing twice and page 1 exists, so the list looks like one that counts from 1. */
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 204})
    void given_a_change_by_another_on_page_0_when_page_1_is_taken_for_the_first_then_all_of_it_is_delivered(int odd) {
        clinic.pageSize(1);
        clinic.edit("p2", "Notes", "by another");
        assertThat(poll()).hasSize(1);
        clinic.edit("p1", "Notes", "by another");
        clinic.answerPage(0, odd, odd);

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");
    }

    @Test
    void given_a_list_that_counts_from_1_when_two_readings_have_found_that_then_echoes_are_dropped() throws Exception {
        clinic.countPagesFrom1();
        keys.clear();
        restart();
        clinic.edit("q1", "Phone", "555-0200");
        for (int i = 0; i < 3; i++) {
            poll();
        }

        // One template, so that both writes use the same producer.
        ProducerTemplate producer = camel.createProducerTemplate();
        update(producer, "p1", "555-0101");
        assertThat(poll()).containsExactly("p1 Phone=555-0101");
        update(producer, "p1", "555-0102");
        assertThat(poll()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_list_that_spells_a_guid_in_capitals_when_a_write_comes_back_then_it_is_dropped() {
        String guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
        clinic.listsIdsInCapitals();
        clinic.edit(guid, "Phone", "555-0300");
        assertThat(poll()).hasSize(1);

        update(guid, Map.of("Phone", "555-0301"));
        assertThat(poll()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);

        clinic.edit(guid, "Notes", "by another");
        update(guid, Map.of("Phone", "555-0302"));
        assertThat(poll()).singleElement().asString().contains("Notes=by another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"555-0100", "555-0199", ""})
    void given_a_write_when_another_overwrites_it_before_it_is_looked_at_then_that_is_delivered(String others) {
        clinic.afterNext(Ask.UPDATE, () -> clinic.edit("p1", "Phone", others));

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Phone=" + others);
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LIST", "LOOK"})
    void given_a_write_when_another_edits_the_record_at_a_look_after_it_then_that_is_delivered(Ask look) {
        clinic.afterNext(Ask.UPDATE, () -> clinic.beforeNext(look, () -> clinic.edit("p1", "Notes", "by another")));
        write("555-0101");
        assertThat(poll()).containsExactly("p1 Notes=by another Phone=555-0101");

        clinic.afterNext(Ask.UPDATE, () -> clinic.afterNext(look, () -> clinic.edit("p1", "Notes", "by a third")));
        write("555-0102");
        assertThat(poll()).containsExactly("p1 Notes=by a third Phone=555-0102");
    }

    /**
     * Otherwise the route would end with the received value, and the clinic with the value that the route sent before.
     */
    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LOOK", "LIST", "UPDATE"})
    void given_a_change_that_is_delivered_and_overwritten_in_the_middle_of_a_write_then_the_write_is_delivered(
            Ask step) {
        clinic.afterNext(
                step == Ask.UPDATE ? Ask.LIST : step,
                () -> clinic.beforeNext(Ask.UPDATE, () -> {
                    clinic.edit("p1", "Phone", "555-0177");
                    consumer().run();
                }));

        write("555-0101");

        assertThat(delivered).extracting(EchoTestBase::text).containsExactly("p1 Phone=555-0177");
        assertThat(poll()).containsExactly("p1 Phone=555-0101");
        assertThat(marks()).isEmpty();
    }

    /** The list and the look-up have different versions of the API, so the list shows other fields. */
    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LOOK", "LIST", "UPDATE"})
    void given_a_field_that_only_the_list_shows_when_another_sets_it_around_a_write_then_that_is_delivered(Ask step) {
        clinic.listsOnly("Allergy");

        clinic.afterNext(step, () -> clinic.edit("p1", "Allergy", "penicillin"));
        write("555-0101");
        assertThat(poll()).containsExactly("p1 Allergy=penicillin Phone=555-0101");

        clinic.afterNext(step, () -> clinic.edit("p1", "Allergy", ""));
        write("555-0102");
        assertThat(poll()).containsExactly("p1 Allergy= Phone=555-0102");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LIST", "UPDATE"})
    void given_a_field_that_only_the_list_shows_when_another_takes_it_away_around_a_write_then_that_is_delivered(
            Ask step) {
        clinic.listsOnly("Allergy");
        clinic.edit("p1", "Allergy", "penicillin");
        assertThat(poll()).hasSize(1);

        clinic.afterNext(step, () -> clinic.remove("p1", "Allergy"));
        write("555-0101");

        assertThat(poll()).containsExactly("p1 Phone=555-0101");
    }

    /** The list no longer shows a version of the record that has the field. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_listed_field_that_was_delivered_long_ago_when_another_removes_it_around_a_write_then_that_is_delivered(
            boolean restarted) throws Exception {
        clinic.listsOnly("Allergy");
        clinic.at(LONG_AGO);
        clinic.edit("p2", "Allergy", "penicillin");
        keys.clear();
        restart();
        assertThat(poll()).hasSize(2);
        clinic.at(Instant.now());
        poll();
        if (restarted) {
            restart();
        }

        clinic.afterNext(Ask.UPDATE, () -> clinic.remove("p2", "Allergy"));
        update("p2", Map.of("Phone", "555-0101"));

        assertThat(poll()).containsExactly("p2 Phone=555-0101");
    }

    /** The server leaves out fields without a value, so the record does not show whether look-ups have this field. */
    @Test
    void given_a_listed_field_of_other_records_when_no_look_up_has_shown_it_then_the_echo_is_delivered_until_one_has() {
        clinic.edit("p2", "Notes", "by another");
        assertThat(poll()).hasSize(1);
        // One template, so that all writes use the same producer.
        ProducerTemplate producer = camel.createProducerTemplate();

        update(producer, "p1", "555-0101");
        assertThat(poll()).containsExactly("p1 Phone=555-0101");

        update(producer, "p2", "555-0102");
        assertThat(poll()).isEmpty();
        update(producer, "p1", "555-0103");
        assertThat(poll()).isEmpty();
    }

    private void update(ProducerTemplate producer, String id, String phone) {
        producer.sendBodyAndHeader(
                uri("operation=update" + SYNC), Map.of("Phone", phone), CliniceaConstants.RECORD_ID, id);
    }

    @Test
    void given_a_field_that_only_the_list_shows_when_another_sets_it_in_a_new_record_then_that_is_delivered() {
        clinic.listsOnly("Allergy");
        clinic.afterNext(Ask.CREATE, () -> clinic.edit("new1", "Allergy", "penicillin"));

        call("create").withBody(Map.of("Phone", "555-0150")).send();

        assertThat(poll()).containsExactly("new1 Allergy=penicillin FileNo=F-1 Phone=555-0150");
    }

    @Test
    void given_a_field_that_both_list_and_look_up_show_when_it_was_delivered_then_the_echo_is_dropped() {
        clinic.edit("p1", "Allergy", "penicillin");
        assertThat(poll()).hasSize(1);

        write("555-0101");
        assertThat(poll()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_look_up_that_calls_the_id_by_another_name_when_a_write_comes_back_then_it_is_dropped() {
        clinic.callsIdInLookUps("ID");

        write("555-0101");

        assertThat(poll()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    /** The look-up still shows the deleted record, so it does not reveal the deletion. */
    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LOOK", "LIST", "UPDATE"})
    void given_a_deletion_by_another_around_a_write_when_the_record_can_still_be_looked_up_then_it_is_delivered(
            Ask step) {
        clinic.looksUpDeleted();
        clinic.afterNext(Ask.UPDATE, () -> {
            if (step == Ask.UPDATE) {
                clinic.deleteByAnother("p1");
            } else {
                clinic.beforeNext(step, () -> clinic.deleteByAnother("p1"));
            }
        });

        write("555-0101");

        assertThat(poll()).containsExactly("p1 deleted Phone=555-0101");
    }

    @Test
    void given_a_deletion_of_a_new_record_by_another_when_it_can_still_be_looked_up_then_it_is_delivered() {
        clinic.looksUpDeleted();
        clinic.afterNext(Ask.CREATE, () -> clinic.deleteByAnother("new1"));

        call("create").withBody(Map.of("Phone", "555-0150")).send();

        assertThat(poll()).containsExactly("new1 deleted FileNo=F-1 Phone=555-0150");
    }

    /** The user's status field may be a field that other users change. */
    @Test
    void given_a_status_field_of_the_users_when_another_changes_it_around_a_write_then_that_is_delivered()
            throws Exception {
        camel.stop();
        statusField = "&statusField=Vip";
        camel = context();
        clinic.edit("p1", "Vip", "no");
        poll();

        clinic.afterNext(Ask.UPDATE, () -> clinic.edit("p1", "Vip", "yes"));
        write("555-0101");

        assertThat(poll()).containsExactly("p1 Phone=555-0101 Vip=yes");
    }

    @Test
    void given_two_writes_before_a_poll_then_both_are_dropped_and_nothing_is_left_of_their_marks() {
        write("555-0101");
        write("555-0102");

        assertThat(poll()).isEmpty();
        assertThat(marks()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_write_of_what_is_there_already_when_it_comes_back_then_it_is_dropped() {
        clinic.at(Instant.now().plusSeconds(1));

        write("555-0100");

        assertThat(poll()).isEmpty();
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
    }

    @Test
    void given_a_server_that_changes_a_field_by_itself_when_a_write_comes_back_then_it_is_delivered() {
        clinic.countsChanges();

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Changes=1 Phone=555-0101");
    }

    @Test
    void given_a_mark_when_the_process_ends_before_the_next_poll_then_the_next_process_drops_the_echo()
            throws Exception {
        write("555-0101");

        restart();

        assertThat(poll()).isEmpty();
        assertThat(marks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LIST", "LOOK"})
    void given_a_write_when_it_cannot_be_looked_at_again_then_the_call_is_well_and_the_echo_delivered(Ask look) {
        clinic.afterNext(
                Ask.UPDATE,
                () -> clinic.beforeNext(look, () -> {
                    throw new IllegalStateException("the server is out of order");
                }));

        try (Warnings warnings = new Warnings("io.github.camelclinicea.producer.echo.EchoMarker")) {
            write("555-0101");
            assertThat(warnings.messages()).singleElement().asString().contains("suppressEcho");
        }

        assertThat(poll()).containsExactly("p1 Phone=555-0101");
        write("555-0102");
        assertThat(poll()).as("the next one").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Ask.class,
            names = {"LIST", "LOOK"})
    void given_a_write_when_nothing_can_be_looked_at_before_then_it_is_made_and_the_echo_delivered(Ask look) {
        clinic.beforeNext(look, () -> {
            throw new IllegalStateException("the server is out of order");
        });

        write("555-0101");

        assertThat(poll()).containsExactly("p1 Phone=555-0101");
        assertThat(marks()).isEmpty();
    }

    /** The look-up has its own path. */
    @Test
    void given_a_corrected_path_of_the_resource_when_a_write_comes_back_then_it_is_dropped() {
        Exchange exchange = call("update&path=/api/v1/patients")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody(Map.of("Phone", "555-0101"))
                .send();

        assertThat(exchange.getException()).isNull();
        assertThat(clinic.fields("p1")).containsEntry("Phone", "555-0101");
        assertThat(poll()).isEmpty();
    }

    @Test
    void given_a_write_that_is_refused_then_the_call_fails_and_no_watch_is_left() {
        clinic.beforeNext(Ask.UPDATE, () -> {
            throw new IllegalStateException("the server is out of order");
        });

        Exchange exchange = update("p1", Map.of("Phone", "555-0101"));

        assertThat(exchange.getException()).isInstanceOf(CliniceaException.class);
        assertThat(marks()).isEmpty();
    }

    @Test
    void given_a_wrong_argument_then_it_is_told_before_anything_is_sent() {
        int lists = clinic.asked(Ask.LIST);

        Exchange exchange = call("update").withBody(Map.of("Phone", "555-0101")).send();

        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(clinic.asked(Ask.LIST)).isEqualTo(lists);
        assertThat(clinic.asked(Ask.LOOK)).isZero();
    }

    @Test
    void given_a_deletion_when_it_comes_back_then_it_is_dropped() {
        call("delete").withHeader(CliniceaConstants.RECORD_ID, "p1").send();

        assertThat(clinic.isThere("p1")).isFalse();
        assertThat(poll()).isEmpty();
        assertThat(marks()).isEmpty();
    }

    @Test
    void given_a_deletion_by_another_in_the_second_of_a_write_then_it_is_delivered() {
        write("555-0101");
        camel.createFluentProducerTemplate()
                .to(uri("operation=delete"))
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();

        assertThat(poll()).containsExactly("p1 deleted Phone=555-0101");
    }

    @Test
    void given_a_change_by_another_that_was_not_delivered_when_the_record_is_deleted_then_that_is_delivered() {
        clinic.edit("p1", "Notes", "by another");

        call("delete").withHeader(CliniceaConstants.RECORD_ID, "p1").send();

        assertThat(poll()).containsExactly("p1 deleted Notes=by another Phone=555-0100");
    }

    @Test
    void given_a_create_whose_answer_holds_the_record_when_it_comes_back_then_it_is_dropped() {
        Exchange exchange = call("create").withBody(Map.of("Phone", "555-0150")).send();

        String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        assertThat(clinic.fields(id)).containsKey("FileNo");
        assertThat(poll()).isEmpty();
        clinic.edit(id, "Notes", "by another");
        assertThat(poll()).containsExactly(id + " FileNo=F-1 Notes=by another Phone=555-0150");
    }

    @Test
    void given_a_create_whose_answer_does_not_hold_what_the_server_added_when_it_comes_back_then_it_is_delivered() {
        clinic.answersWithIdOnly();

        call("create").withBody(Map.of("Phone", "555-0150")).send();

        assertThat(poll()).containsExactly("new1 FileNo=F-1 Phone=555-0150");
        assertThat(marks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Phone", "Notes", "FileNo"})
    void given_a_create_when_another_edits_the_record_before_it_is_looked_at_then_that_is_delivered(String field) {
        clinic.afterNext(Ask.CREATE, () -> clinic.edit("new1", field, "by another"));

        call("create").withBody(Map.of("Phone", "555-0150")).send();

        assertThat(poll()).singleElement().asString().contains(field + "=by another");
    }

    @Test
    void
            given_a_list_of_several_pages_when_a_write_comes_back_then_it_is_dropped_but_not_from_one_too_long_to_look_at() {
        clinic.pageSize(3);
        for (int i = 10; i < 30; i++) {
            clinic.edit("q" + i, "Phone", "555-0200");
        }
        assertThat(poll()).hasSize(20);

        write("555-0101");
        assertThat(poll()).isEmpty();

        clinic.pageSize(1);
        write("555-0102");
        assertThat(poll()).containsExactly("p1 Phone=555-0102");
    }

    @Test
    void given_a_merged_update_when_it_comes_back_then_it_is_dropped_unless_it_was_merged_with_a_change_by_another() {
        String merging = "update&mergeOnUpdate=true";
        call(merging)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody(Map.of("Notes", "by the route"))
                .send();
        assertThat(poll()).isEmpty();
        assertThat(clinic.fields("p1")).containsEntry("Notes", "by the route").containsEntry("Phone", "555-0100");

        clinic.afterNext(Ask.LIST, () -> clinic.edit("p1", "Phone", "555-0177"));
        call(merging)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody(Map.of("Notes", "by the route again"))
                .send();
        assertThat(poll()).containsExactly("p1 Notes=by the route again Phone=555-0177");
    }

    /**
     * The look-up for the guard is the first of the two readings. A write that cannot be marked is not looked up again.
     */
    @Test
    void given_a_merged_update_then_its_first_reading_is_shared_and_shows_a_change_while_the_list_is_read() {
        clinic.afterNext(Ask.LIST, () -> clinic.edit("p1", "Phone", "555-0177"));

        Exchange exchange = call("update&mergeOnUpdate=true")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .withBody(Map.of("Notes", "by the route"))
                .send();

        assertThat(exchange.getMessage().getHeader(CliniceaConstants.CONFLICT)).isEqualTo(true);
        assertThat(clinic.fields("p1")).containsEntry("Notes", "by the route").containsEntry("Phone", "555-0177");
        assertThat(clinic.asked(Ask.LOOK)).isEqualTo(2);
    }

    @Test
    void given_a_transaction_when_a_write_in_it_comes_back_then_it_is_delivered() {
        camel.createProducerTemplate().send(uri("operation=update" + SYNC), exchange -> {
            exchange.getExchangeExtension().setTransacted(true);
            exchange.getMessage().setHeader(CliniceaConstants.RECORD_ID, "p1");
            exchange.getMessage().setBody(Map.of("Phone", "555-0101"));
        });

        assertThat(poll()).containsExactly("p1 Phone=555-0101");
    }

    @Test
    void given_a_mark_when_the_sync_is_reset_then_the_record_comes_like_any_other() {
        write("555-0101");

        consumer().resetSync();

        assertThat(poll()).containsExactly("p1 Phone=555-0101");
    }

    @Test
    void given_a_producer_without_what_a_mark_takes_when_started_then_the_error_says_what_it_is() {
        assertThatThrownBy(() -> camel.getEndpoint(uri("operation=update&suppressEcho=true")))
                .rootCause()
                .hasMessageContaining("suppressEcho needs an idempotentRepository");
        assertThatThrownBy(
                        () -> camel.getEndpoint(uri("operation=create" + SYNC).replace("patients", "documents")))
                .rootCause()
                .hasMessageContaining("suppressEcho needs a list of changes");
    }

    @Test
    void given_no_complete_poll_yet_when_a_record_is_written_then_it_is_delivered() throws Exception {
        keys.clear();
        restart();

        write("555-0101");

        assertThat(poll()).isEqualTo(List.of("p1 Phone=555-0101"));
    }
}
