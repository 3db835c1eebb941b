/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.evidence;

import static io.github.camelclinicea.testing.ListedRow.patient;
import static io.github.camelclinicea.testing.ListedRow.patients;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.evidence.SyncRoute.Arrival;
import io.github.camelclinicea.testing.ChangeListServer;
import io.github.camelclinicea.testing.ListedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoVersionsTest extends EvidenceTestBase {
    private static final int POLLS = 6;

    private final Instant old = server.now().minusSeconds(200);
    private final Instant lately = server.now().minusSeconds(20);

    static Stream<Integer> places() {
        return Stream.of(0, 1, 10);
    }

    private List<String> stampsOf(String id) {
        return route.delivered().stream()
                .filter(row -> row.id().equals(id))
                .map(Arrival::modified)
                .toList();
    }

    private void servePage(int between, boolean newestFirst) {
        List<ListedRow> rows = new ArrayList<>();
        rows.add(patient("p", old, "\"V\":1"));
        for (int i = 0; i < between; i++) {
            rows.add(patient("other" + i, old.plusSeconds(1 + i)));
        }
        rows.add(patient("p", lately, "\"V\":2"));
        server.add(rows);
        if (newestFirst) {
            server.order(ChangeListServer::newestFirst);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void given_two_versions_on_one_page_when_the_old_one_is_first_then_each_comes_once(int between) throws Exception {
        servePage(between, false);

        route.start("patients", "");
        route.awaitPolls(POLLS);

        assertThat(stampsOf("p")).containsExactly(ListedRow.text(old), ListedRow.text(lately));
        assertThat(route.delivered()).hasSize(between + 2);
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("places")
    void given_two_versions_on_one_page_when_the_new_one_is_first_then_each_comes_once_and_it_comes_last(int between)
            throws Exception {
        servePage(between, true);

        route.start("patients", "");
        route.awaitPolls(POLLS);

        assertThat(stampsOf("p")).containsExactly(ListedRow.text(old), ListedRow.text(lately));
        assertThat(route.delivered()).hasSize(between + 2);
        assertThat(route.checkpoint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void given_two_versions_on_two_pages_then_each_comes_once_and_the_checkpoint_moves(int pagesInFlight)
            throws Exception {
        server.add(patient("p", old, "\"V\":1"))
                .add(patients(0, 140, old.plusSeconds(1)))
                .add(patient("p", lately, "\"V\":2"));

        route.start("patients", "pagesInFlight=" + pagesInFlight);
        route.awaitPolls(POLLS);

        assertThat(stampsOf("p")).containsExactly(ListedRow.text(old), ListedRow.text(lately));
        assertThat(route.delivered()).hasSize(142);
        assertThat(route.checkpoint()).isPresent();
    }

    @Test
    void given_two_versions_on_two_pages_when_the_new_one_is_first_then_they_do_not_come_at_each_poll()
            throws Exception {
        server.order(ChangeListServer::newestFirst)
                .add(patient("p", old, "\"V\":1"))
                .add(patients(0, 140, old.plusSeconds(1)))
                .add(patient("p", lately, "\"V\":2"));

        route.start("patients", "");
        route.awaitPolls(POLLS);

        assertThat(stampsOf("p")).contains(ListedRow.text(lately)).hasSizeLessThanOrEqualTo(3);
        assertThat(route.delivered()).hasSizeLessThanOrEqualTo(143);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void given_rows_of_one_id_and_one_stamp_then_each_comes_once(int items) throws Exception {
        List<ListedRow> rows = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            rows.add(ListedRow.bill("b1", lately, "\"Item\":" + item));
        }
        server.add(rows).add(ListedRow.bill("b2", lately));

        route.start("bills", "");
        route.awaitPolls(POLLS);

        assertThat(route.ids())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Collections.nCopies(items, "b1").stream(), Stream.of("b2"))
                                .toList());
        assertThat(route.delivered().stream().map(Arrival::body).distinct()).hasSize(items + 1);
        assertThat(route.checkpoint()).isPresent();
    }
}
