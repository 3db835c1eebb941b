/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.FirstPageRules.Beginning;
import io.github.camelclinicea.row.FirstPageRules.Response;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstPageRulesTest {
    private final List<Integer> requested = new ArrayList<>();

    private Beginning find(Response... responses) throws InterruptedException {
        Deque<Response> left = new ArrayDeque<>(List.of(responses));
        Beginning beginning = FirstPageRules.<RuntimeException>find(number -> {
            requested.add(number);
            return left.remove();
        });
        assertThat(left).as("responses that were not requested").isEmpty();
        return beginning;
    }

    @Test
    void given_rows_at_page_0_then_the_list_begins_there_after_one_request() throws Exception {
        assertThat(find(Response.ROWS)).isEqualTo(Beginning.AT_0);

        assertThat(requested).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource(names = "ROWS", mode = EnumSource.Mode.EXCLUDE)
    void given_rows_at_page_1_only_then_page_0_decides_once_more(Response zero) throws Exception {
        assertThat(find(zero, Response.ROWS, Response.ROWS)).isEqualTo(Beginning.AT_0);
        for (Response again : List.of(Response.EMPTY, Response.REFUSAL, Response.FAILURE)) {
            assertThat(find(zero, Response.ROWS, again)).isEqualTo(Beginning.AT_1);
        }

        assertThat(requested).containsExactly(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY,   EMPTY,   NO_ROWS",
        "EMPTY,   REFUSAL, NO_ROWS",
        "EMPTY,   FAILURE, FAILURE_OF_1",
        "REFUSAL, EMPTY,   NO_ROWS",
        "REFUSAL, REFUSAL, FAILURE_OF_0",
        "REFUSAL, FAILURE, FAILURE_OF_1",
        "FAILURE, EMPTY,   FAILURE_OF_0",
        "FAILURE, REFUSAL, FAILURE_OF_0",
        "FAILURE, FAILURE, FAILURE_OF_0",
    })
    void given_no_rows_at_either_page_then_the_list_is_empty_only_if_nothing_failed(
            Response zero, Response one, Beginning expected) throws Exception {
        assertThat(find(zero, one)).isEqualTo(expected);

        assertThat(requested).containsExactly(0, 1);
    }

    @Test
    void given_a_request_that_ends_the_search_then_no_further_page_is_requested() {
        assertThatThrownBy(() -> FirstPageRules.<IOException>find(number -> {
                    requested.add(number);
                    throw new IOException("end");
                }))
                .isInstanceOf(IOException.class);

        assertThat(requested).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 405, 422, 500, 502, 504})
    void given_a_status_that_a_page_number_may_cause_then_it_may_concern_the_page(int status) {
        assertThat(FirstPageRules.mayConcernPage(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 403, 407, 429, 503})
    void given_a_status_of_all_pages_then_it_does_not_concern_the_page(int status) {
        assertThat(FirstPageRules.mayConcernPage(status)).isFalse();
    }
}
