/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class DeletedBillsTest {
    private final SingleConnectionDataSource database =
            new SingleConnectionDataSource("jdbc:h2:mem:;INIT=RUNSCRIPT FROM 'classpath:kafka/tables.sql'", true);
    private final DeletedBills deletedBills = new DeletedBills(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void given_a_bill_that_is_not_deleted_when_asked_then_no_version_is_outdated() {
        deletedBills.add("another", "2026-03-01T10:00:00");

        assertThat(deletedBills.isOutdated("bill", "2026-03-01T09:00:00")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00, 2026-03-01T09:59:59, true",
        "2026-03-01T10:00:00, 2026-03-01T10:00:00, true",
        "2026-03-01T10:00:00, 2026-03-01T10:00:01, false",
        "2026-03-01T10:00:00, 2026-03-01T10:00:00.5, false",
        "2026-03-01T10:00:00, , true",
        ", 2026-03-01T10:00:00, true",
        ", , true",
        "0001-01-01T00:00:00, 2026-03-01T10:00:00, true",
        "2026-03-01T10:00:00, soon, true",
    })
    void given_a_deletion_when_a_version_comes_then_only_one_with_a_later_stamp_is_not_outdated(
            String deletedAt, String modified, boolean outdated) {
        deletedBills.add("bill", deletedAt);

        assertThat(deletedBills.isOutdated("bill", modified)).isEqualTo(outdated);
    }

    @Test
    void given_a_deletion_that_comes_again_when_added_then_the_last_stamp_counts() {
        deletedBills.add("bill", "2026-03-01T10:00:00");
        deletedBills.add("bill", "2026-03-02T10:00:00");

        assertThat(deletedBills.isOutdated("bill", "2026-03-01T11:00:00")).isTrue();
    }

    @Test
    void given_an_id_and_a_stamp_of_any_length_when_added_then_they_are_kept() {
        String id = "b".repeat(300);
        deletedBills.add(id, "x".repeat(300));

        assertThat(deletedBills.isOutdated(id, "2026-03-01T11:00:00")).isTrue();
    }
}
