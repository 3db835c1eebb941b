/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import io.github.camelclinicea.client.json.PageReader;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.testing.Clients;
import io.github.camelclinicea.testing.TestRow;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagedListTest {
    private static final int FULL = 2;

    /**
     * Is a server with the given pages, counted from {@link #base}. A page is a word in which each letter is a row.
     * {@code -} is a page without rows, and a number is the status of a failure.
     */
    private static final class Server implements PageReader {
        final List<Integer> asked = new ArrayList<>();
        final int base;
        final List<String> pages;
        final Map<Integer, Deque<String>> scripted = new HashMap<>();
        int refused = -1;

        Server(int base, String... pages) {
            this.base = base;
            this.pages = List.of(pages);
        }

        /** Sets the first responses to a page, one each. */
        Server answering(int number, String... answers) {
            scripted.computeIfAbsent(number, page -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
            return this;
        }

        @Override
        public Page read(int number) throws CliniceaException {
            asked.add(number);
            if (number == refused) {
                throw new CliniceaException("refused", "rooms", "list", 400, false, null);
            }
            Deque<String> script = scripted.getOrDefault(number, new ArrayDeque<>());
            int index = number - base;
            return answer(
                    number,
                    script.isEmpty() ? index < 0 || index >= pages.size() ? "-" : pages.get(index) : script.remove());
        }

        private static Page answer(int number, String answer) throws CliniceaException {
            if (answer.matches("\\d+")) {
                throw new CliniceaException(
                        "page " + number + " responded " + answer,
                        "rooms",
                        "list",
                        Integer.parseInt(answer),
                        false,
                        null);
            }
            return page(answer.equals("-") ? "" : answer);
        }
    }

    @Test
    void given_several_pages_when_read_then_all_rows_come_in_order_and_only_the_empty_page_ends_it() throws Exception {
        Server server = new Server(0, "ab", "c", "de");

        assertThat(readAll(server, 0)).isEqualTo("abcde");
        assertThat(server.asked).startsWith(0, 1, 2, 3);
    }

    @Test
    void given_a_list_from_1_when_read_then_its_first_page_is_1() throws Exception {
        Server server = new Server(1, "ab", "c");

        assertThat(readAll(server, 1)).isEqualTo("abc");
        assertThat(server.asked).startsWith(1, 2, 3).doesNotContain(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void given_a_refusal_of_another_page_when_read_then_it_fails(int refused) {
        Server server = new Server(0, "ab", "cd", "ef");
        server.refused = refused;

        assertThatThrownBy(() -> readAll(server, 0))
                .isInstanceOf(CliniceaException.class)
                .hasMessage("refused");
    }

    @Test
    void given_two_pages_that_differ_in_one_byte_when_read_then_neither_repeats_the_other() throws Exception {
        assertThat(readAll(new Server(0, "ab", "ac", "ad"), 0)).isEqualTo("abacad");
    }

    @Test
    void given_a_list_without_end_when_read_then_it_fails_at_the_limit() {
        List<Integer> asked = new ArrayList<>();

        assertThatThrownBy(() -> readAll(new PagedList(
                        "patients",
                        number -> {
                            asked.add(number);
                            return page(Character.toString('a' + number));
                        },
                        FirstPage.certain(0),
                        5,
                        FULL)))
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("maxPages=5");
        assertThat(asked).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void given_several_pages_when_one_is_taken_then_no_other_is_asked_for() throws Exception {
        Server server = new Server(0, "ab", "cd", "ef");
        PagedList list = list(server, 0);

        assertThat(list.nextPage()).extracting(Row::id).containsExactly("a", "b");
        assertThat(server.asked).containsExactly(0);
        assertThat(list.nextPage()).extracting(Row::id).containsExactly("c", "d");
        assertThat(server.asked).containsExactly(0, 1);
    }

    @Test
    void given_a_list_at_its_end_when_asked_again_then_the_server_is_not() throws Exception {
        Server server = new Server(0, "a");
        PagedList list = list(server, 0);
        readAll(list);

        assertThat(list.nextPage()).isEmpty();
        assertThat(server.asked).containsExactly(0, 1);
    }

    @Test
    void given_a_page_that_could_not_be_had_when_asked_again_then_it_is_the_same_page() throws Exception {
        Server server = new Server(0, "ab", "cd");
        PagedList list = list(server, 0);
        list.nextPage();
        server.refused = 1;
        assertThatThrownBy(list::nextPage).hasMessage("refused");
        server.refused = -1;

        assertThat(list.nextPage()).extracting(Row::id).containsExactly("c", "d");
    }

    /** Tests whether the first page is 0 or 1 (docs/design/wire.md, section 2). */
    @Nested
    class TheFirstPage {
        @ParameterizedTest
        @ValueSource(strings = {"-", "400", "404", "500", "502", "504", "405", "200"})
        void given_a_list_from_1_when_page_0_answers_anything_but_rows_then_page_1_is_the_first(String zero)
                throws Exception {
            Server server = new Server(1, "ab", "cd", "e").answering(0, zero, zero);

            assertThat(readAll(server, 0)).isEqualTo("abcde");
            assertThat(server.asked).startsWith(0, 1, 0, 2, 3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-", "400", "404", "500", "200"})
        void given_a_list_from_0_when_page_0_lies_or_fails_once_then_it_is_read_from_0(String once) throws Exception {
            Server server = new Server(0, "ab", "cd", "e").answering(0, once);

            assertThat(readAll(server, 0)).isEqualTo("abcde");
            assertThat(server.asked).startsWith(0, 1, 0, 1, 2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "401", "403", "407", "429", "503"})
        void given_an_answer_that_says_nothing_of_the_page_when_read_then_it_fails_at_once(String answer) {
            Server at0 = new Server(1, "ab").answering(0, answer);
            assertThatThrownBy(() -> readAll(at0, 0)).hasMessage("page 0 responded " + answer);
            assertThat(at0.asked).containsExactly(0);

            Server at1 = new Server(1, "ab").answering(1, answer);
            assertThatThrownBy(() -> readAll(at1, 0)).hasMessage("page 1 responded " + answer);

            Server at0Again = new Server(1, "ab").answering(0, "-", answer);
            assertThatThrownBy(() -> readAll(at0Again, 0)).hasMessage("page 0 responded " + answer);
        }

        /**
         * Reads the list.
         *
         * @param failure the page whose failure is thrown; empty for an empty list
         */
        @ParameterizedTest
        @CsvSource({
            "-, -, ",
            "-, 400, ",
            "-, 404, ",
            "400, -, ",
            "404, -, ",
            "400, 400, 0",
            "404, 404, 0",
            "400, 404, 0",
            "500, -, 0",
            "500, 404, 0",
            "500, 500, 0",
            "200, -, 0",
            "200, 500, 0",
            "-, 500, 1",
            "404, 500, 1",
        })
        void given_no_rows_at_either_page_when_read_then_it_is_empty_only_if_nothing_failed(
                String zero, String one, Integer failure) throws Exception {
            Server server = new Server(7).answering(0, zero).answering(1, one);

            if (failure == null) {
                assertThat(readAll(server, 0)).isEmpty();
            } else {
                assertThatThrownBy(() -> readAll(server, 0))
                        .hasMessageStartingWith("page " + failure + " responded " + (failure == 0 ? zero : one));
            }
            assertThat(server.asked).containsExactly(0, 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void given_an_empty_first_page_that_is_certain_when_read_then_there_are_no_rows_and_no_further_request(
                int first) throws Exception {
            Server server = new Server(first);

            assertThat(readAll(list(server, FirstPage.certain(first)))).isEmpty();
            assertThat(server.asked).containsExactly(first);
        }

        @Test
        void given_a_first_page_that_is_certain_when_it_is_refused_then_no_other_is_asked_for() {
            Server server = new Server(1, "ab").answering(0, "400");

            assertThatThrownBy(() -> readAll(list(server, FirstPage.certain(0))))
                    .hasMessage("page 0 responded 400");
            assertThat(server.asked).containsExactly(0);
        }

        @Test
        void given_a_search_that_failed_when_asked_again_then_it_begins_again() throws Exception {
            Server server = new Server(0, "ab").answering(0, "503");
            PagedList list = list(server, 0);
            assertThatThrownBy(list::nextPage).hasMessage("page 0 responded 503");

            assertThat(list.nextPage()).hasSize(2);
        }

        @Test
        void given_a_list_when_its_first_row_comes_then_the_number_of_its_first_page_is_known() throws Exception {
            PagedList from0 = list(new Server(0, "ab"), 0);
            PagedList from1 = list(new Server(1, "ab"), 0);
            PagedList empty = list(new Server(0), 0);
            assertThat(from0.firstNumber()).isEmpty();

            from0.nextPage();
            from1.nextPage();
            empty.nextPage();

            assertThat(from0.firstNumber()).hasValue(0);
            assertThat(from1.firstNumber()).hasValue(1);
            assertThat(empty.firstNumber()).isEmpty();
        }
    }

    /** Tests that an empty page alone is not the end (docs/design/sync.md, section 3a, rule 1). */
    @Nested
    class TheEnd {
        @Test
        void given_a_single_short_page_when_read_then_the_empty_page_behind_it_is_the_end() throws Exception {
            Server server = new Server(0, "a");

            assertThat(readAll(server, 0)).isEqualTo("a");
            assertThat(server.asked).containsExactly(0, 1);
        }

        @Test
        void given_a_full_last_page_when_read_then_its_end_is_asked_for_twice_and_the_page_behind_it_once()
                throws Exception {
            Server single = new Server(0, "ab");
            assertThat(readAll(single, 0)).isEqualTo("ab");
            assertThat(single.asked).containsExactly(0, 1, 1, 2);

            Server several = new Server(0, "ab", "cd");
            assertThat(readAll(several, 0)).isEqualTo("abcd");
            assertThat(several.asked).containsExactly(0, 1, 2, 2, 3);
        }

        @Test
        void given_pages_that_are_smaller_than_told_when_the_last_is_as_large_as_any_then_it_counts_as_full()
                throws Exception {
            Server server = new Server(0, "ab", "cd");

            assertThat(readAll(new PagedList("patients", server, FirstPage.certain(0), 10, 100)))
                    .isEqualTo("abcd");
            assertThat(server.asked).containsExactly(0, 1, 2, 2, 3);
        }

        @Test
        void given_a_short_last_page_of_several_when_read_then_the_page_behind_the_end_is_looked_at() throws Exception {
            Server server = new Server(0, "ab", "c");

            assertThat(readAll(server, 0)).isEqualTo("abc");
            assertThat(server.asked).containsExactly(0, 1, 2, 3);
        }

        @Test
        void given_a_page_behind_a_full_one_that_is_empty_once_when_read_then_no_row_is_missing() throws Exception {
            Server server = new Server(0, "ab", "cd", "ef", "g").answering(2, "-");

            assertThat(readAll(server, 0)).isEqualTo("abcdefg");
        }

        @Test
        void given_a_page_that_is_empty_for_good_when_one_behind_it_has_rows_then_that_is_a_failed_page() {
            Server full = new Server(0, "ab", "cd", "-", "ef");
            Server shortPage = new Server(0, "ab", "c", "-", "ef");
            Server single = new Server(0, "ab", "-", "cd");

            for (Server server : List.of(full, shortPage, single)) {
                int empty = server.pages.indexOf("-");
                CliniceaException failure = catchThrowableOfType(CliniceaException.class, () -> readAll(server, 0));

                assertThat(failure)
                        .hasMessageContaining("Page " + empty)
                        .hasMessageContaining("page " + (empty + 1) + " has some");
                assertThat(failure.isRetryable()).isTrue();
            }
        }

        @Test
        void given_a_page_that_failed_by_being_empty_when_asked_again_then_the_list_goes_on_with_it() throws Exception {
            Server server = new Server(0, "ab", "cd", "ef").answering(1, "-", "-");
            PagedList list = list(server, 0);
            list.nextPage();
            assertThatThrownBy(list::nextPage).hasMessageContaining("Page 1");

            assertThat(list.nextPage()).extracting(Row::id).containsExactly("c", "d");
        }

        @ParameterizedTest
        @ValueSource(strings = {"400", "404"})
        void given_a_server_that_refuses_the_page_behind_the_end_when_read_then_it_is_the_end(String refusal)
                throws Exception {
            Server server = new Server(0, "ab", "cd").answering(3, refusal);

            assertThat(readAll(server, 0)).isEqualTo("abcd");
        }

        @Test
        void given_a_server_that_fails_behind_the_end_when_read_then_the_end_is_not_believed() {
            Server server = new Server(0, "ab", "cd").answering(3, "500");

            assertThatThrownBy(() -> readAll(server, 0)).hasMessage("page 3 responded 500");
        }

        @Test
        void given_an_end_that_is_answered_with_the_page_before_it_when_confirmed_then_it_is_the_end()
                throws Exception {
            Server server = new Server(0, "ab", "cd").answering(2, "-", "cd");

            assertThat(readAll(server, 0)).isEqualTo("abcd");
        }

        @Test
        void given_a_list_without_pages_when_read_then_it_is_asked_for_once() throws Exception {
            List<String> sent = new ArrayList<>();
            Transport transport = (method, target, headers, body) -> {
                sent.add(target);
                return new Response(200, "[{\"ID\":\"a\"},{\"ID\":\"b\"}]".getBytes(UTF_8), null, null);
            };
            try (CliniceaClient client = Clients.client(
                    transport,
                    new ApiKey("k", List.of("api")),
                    new RetryPolicy(0, Duration.ZERO, Clock.systemUTC(), bound -> 0))) {
                PagedList list = PagedList.of(
                        new ListReader(client, List.of("ID"), List.of(), List.of(), TestRow.MAX_SIZE),
                        new Request("patients", "find", "GET", "/find", List.of(), null),
                        null,
                        null,
                        1,
                        RequestListener.NONE);

                assertThat(readAll(list)).isEqualTo("ab");
            }
            assertThat(sent).containsExactly("/find");
        }
    }

    /**
     * Tests a page whose response has once the rows of its neighbour (docs/design/sync.md, section 3a, rules 1 and 12).
     */
    @Nested
    class ARepeatedPage {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void given_a_page_that_is_answered_once_with_the_one_before_it_when_read_then_no_row_is_missing(int page)
                throws Exception {
            for (int first : List.of(0, 1)) {
                String[] pages = {"ab", "cd", "ef", "g"};
                Server server = new Server(first, pages).answering(first + page, pages[page - 1]);

                assertThat(readAll(server, first)).isEqualTo("abcdefg");
            }
        }

        @Test
        void given_a_server_that_takes_0_for_1_when_read_then_no_row_comes_twice() throws Exception {
            Server server = new Server(0, "ab", "ab", "cd");
            assertThat(readAll(server, 0)).isEqualTo("abcd");
            assertThat(server.asked).startsWith(0, 1, 1, 2, 3);

            assertThat(readAll(new Server(0, "a", "a"), 0)).isEqualTo("a");
        }

        @Test
        void given_a_last_short_page_that_repeats_when_read_then_the_list_is_at_its_end() throws Exception {
            Server server = new Server(1, "ab", "c", "c", "c", "c");
            assertThat(readAll(server, 1)).isEqualTo("abc");
            assertThat(server.asked).containsExactly(1, 2, 3, 3, 4);

            assertThat(readAll(new Server(0, "a", "a", "a", "a"), 0)).isEqualTo("a");
        }

        @Test
        void given_rows_that_move_by_a_short_page_when_read_then_the_list_goes_on_behind_the_repeated_one()
                throws Exception {
            Server server = new Server(0, "abc", "def", "def", "ghi");

            assertThat(readAll(new PagedList("patients", server, FirstPage.certain(0), 10, 100)))
                    .isEqualTo("abcdefghi");
        }

        @Test
        void given_a_short_page_that_repeats_before_an_empty_one_when_read_then_that_is_the_end() throws Exception {
            Server server = new Server(1, "ab", "c", "c");

            assertThat(readAll(server, 1)).isEqualTo("abc");
            assertThat(server.asked).containsExactly(1, 2, 3, 3, 4, 5);
        }

        @Test
        void given_a_full_page_that_repeats_when_read_then_it_fails_and_the_message_names_pageSize() {
            for (int first : List.of(0, 1)) {
                assertThatThrownBy(() -> readAll(new Server(first, "ab", "ab", "ab", "ab"), first))
                        .isInstanceOf(CliniceaException.class)
                        .hasMessageContaining("repeats page")
                        .hasMessageContaining("pageSize");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void given_a_list_without_pages_that_is_longer_than_one_when_read_then_its_rows_come_once(int first)
                throws Exception {
            Server server = new Server(0, "abc", "abc", "abc", "abc", "abc");

            assertThat(readAll(server, first)).isEqualTo("abc");
            assertThat(server.asked).containsExactly(first, first + 1, first + 1);
        }

        @Test
        void given_answers_that_come_and_go_when_read_then_it_ends() throws Exception {
            Server server =
                    new Server(0, "ab", "cd").answering(2, "cd", "-", "cd").answering(3, "-");

            assertThat(readAll(server, 0)).isEqualTo("abcd");
            assertThat(server.asked).containsExactly(0, 1, 2, 2, 2, 3);
        }
    }

    /** Tests the limit of an endless list (docs/design/sync.md, section 3a, rule 9). */
    @Nested
    class AnEndlessList {
        private final Random random = new Random(15);

        private int requests;

        private void assertEndless(PageReader pages) {
            requests = 0;
            PagedList list = new PagedList(
                    "documents",
                    number -> {
                        requests++;
                        return pages.read(number);
                    },
                    FirstPage.certain(1),
                    100_000,
                    100);

            CliniceaException failure = catchThrowableOfType(CliniceaException.class, () -> readAll(list));

            assertThat(failure).hasMessageContaining("does not come to an end").hasMessageContaining("10 pages");
            assertThat(failure.isRetryable()).isFalse();
            assertThat(requests).isLessThan(20);
        }

        @Test
        void given_the_same_records_with_a_field_that_differs_at_each_request_when_read_then_it_fails() {
            assertEndless(number ->
                    rows(60, i -> row("d" + i, "{\"ID\":\"d" + i + "\",\"Url\":\"" + random.nextLong() + "\"}")));
        }

        @Test
        void given_the_same_records_in_another_order_each_time_when_read_then_it_fails() {
            assertEndless(number -> {
                List<Row> rows = new ArrayList<>(
                        rows(60, i -> row("d" + i, "{\"ID\":\"d" + i + "\"}")).rows());
                Collections.shuffle(rows, random);
                return new Page(0, rows, null);
            });
        }

        @Test
        void given_two_pages_in_turn_when_read_then_it_fails() {
            assertEndless(number ->
                    rows(100, i -> row("d" + (i + number % 2 * 100), "{\"ID\":\"" + i + "-" + number % 2 + "\"}")));
        }

        @Test
        void given_rows_without_an_id_when_their_content_comes_again_then_it_fails() {
            assertEndless(number -> rows(60, i -> row(null, "{\"Name\":\"" + (i + number % 3 * 60) + "\"}")));
        }

        @Test
        void given_a_few_rows_without_an_id_when_the_others_come_again_then_it_fails() {
            assertEndless(number -> rows(
                    60,
                    i -> row(i == 0 ? null : "d" + i, "{\"ID\":\"" + i + "\",\"Url\":\"" + random.nextLong() + "\"}")));
        }

        @Test
        void given_new_rows_without_an_id_when_read_then_all_come() throws Exception {
            PagedList list = new PagedList(
                    "documents",
                    number -> rows(number > 30 ? 0 : 10, i -> row(null, "{\"Name\":\"" + number + "-" + i + "\"}")),
                    FirstPage.certain(1),
                    100_000,
                    100);

            int rows = 0;
            for (List<Row> page = list.nextPage(); !page.isEmpty(); page = list.nextPage()) {
                rows += page.size();
            }

            assertThat(rows).isEqualTo(300);
        }

        @Test
        void given_nine_pages_without_a_new_record_when_one_comes_then_the_list_goes_on() throws Exception {
            PagedList list = new PagedList(
                    "bills",
                    number -> rows(
                            number > 40 ? 0 : 3,
                            i -> row("b" + number / 10, "{\"BillID\":\"b\",\"Item\":\"" + number + "-" + i + "\"}")),
                    FirstPage.certain(1),
                    100_000,
                    100);

            int pages = 0;
            while (!list.nextPage().isEmpty()) {
                pages++;
            }

            assertThat(pages).isEqualTo(40);
        }

        @Test
        void given_a_list_that_failed_as_endless_when_asked_again_then_it_fails_again() {
            PagedList list = list(number -> page(number % 2 == 0 ? "ab" : "cd"), FirstPage.certain(0));
            assertThatThrownBy(() -> readAll(list)).hasMessageContaining("does not come to an end");

            assertThatThrownBy(list::nextPage).hasMessageContaining("does not come to an end");
        }

        private static Page rows(int count, IntFunction<Row> row) {
            return new Page(0, IntStream.range(0, count).mapToObj(row).collect(Collectors.toList()), null);
        }
    }

    private static PagedList list(PageReader pages, int first) {
        return list(pages, new FirstPage(first, first != 0));
    }

    private static PagedList list(PageReader pages, FirstPage first) {
        return new PagedList("patients", pages, first, 30, FULL);
    }

    private static String readAll(PageReader pages, int first) throws CliniceaException, InterruptedException {
        return readAll(list(pages, first));
    }

    private static String readAll(PagedList list) throws CliniceaException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (List<Row> page = list.nextPage(); !page.isEmpty(); page = list.nextPage()) {
            page.forEach(row -> all.append(row.id()));
        }
        return all.toString();
    }

    /** Returns a page with a row for each letter. */
    private static Page page(String letters) {
        return new Page(
                0,
                letters.chars()
                        .mapToObj(Character::toString)
                        .map(c -> row(c, "{\"ID\":\"" + c + "\"}"))
                        .toList(),
                null);
    }

    private static Row row(String id, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new Row(id, null, null, bytes, null, RowVersion.of(id, null, null, bytes), null);
    }
}
