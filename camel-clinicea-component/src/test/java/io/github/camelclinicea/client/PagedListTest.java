package io.github.camelclinicea.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.row.RowVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagedListTest {
    private static final int FULL = 2;

    /** A server that has these pages, counted from {@link #base}. */
    private static final class Server implements PagedList.Pages {
        final List<Integer> asked = new ArrayList<>();
        final int base;
        final List<WirePage> pages;
        int refused = -1;

        Server(int base, String... pages) {
            this.base = base;
            this.pages = Arrays.stream(pages).map(PagedListTest::page).toList();
        }

        @Override
        public WirePage read(int number) throws CliniceaException {
            asked.add(number);
            if (number == refused) {
                throw new CliniceaException("refused", "rooms", "list", 400, false, null);
            }
            int index = number - base;
            return index < 0 || index >= pages.size() ? page("") : pages.get(index);
        }
    }

    @Test
    void given_several_pages_when_read_then_all_rows_come_in_order_and_only_the_empty_page_ends_it() throws Exception {
        Server server = new Server(0, "ab", "c", "de");

        assertThat(readAll(server, 0)).isEqualTo("abcde");
        assertThat(server.asked).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void given_an_empty_first_page_when_read_then_there_are_no_rows_and_no_further_request(int first) throws Exception {
        Server server = new Server(first);

        assertThat(readAll(server, first)).isEmpty();
        assertThat(server.asked).containsExactly(first);
    }

    @Test
    void given_a_list_from_1_when_read_then_its_first_page_is_1() throws Exception {
        Server server = new Server(1, "ab", "c");

        assertThat(readAll(server, 1)).isEqualTo("abc");
        assertThat(server.asked).containsExactly(1, 2, 3);
    }

    @Test
    void given_a_server_that_refuses_page_0_when_read_then_it_is_taken_to_count_from_1() throws Exception {
        Server server = new Server(1, "ab", "cd");
        server.refused = 0;

        assertThat(readAll(server, 0)).isEqualTo("abcd");
        assertThat(server.asked).containsExactly(0, 1, 2, 3);
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
    void given_another_failure_of_page_0_when_read_then_it_fails() {
        assertThatThrownBy(() -> readAll(new PagedList(
                        "patients",
                        number -> {
                            throw new CliniceaException("gone", "rooms", "list", 404, false, null);
                        },
                        0,
                        10,
                        FULL)))
                .isInstanceOf(CliniceaException.class)
                .hasMessage("gone");
    }

    @Test
    void given_a_server_that_takes_0_for_1_when_read_then_no_row_comes_twice() throws Exception {
        assertThat(readAll(new Server(0, "ab", "ab", "cd"), 0)).isEqualTo("abcd");
        assertThat(readAll(new Server(0, "a", "a"), 0)).isEqualTo("a");
    }

    @Test
    void given_a_last_short_page_that_repeats_when_read_then_the_list_is_at_its_end() throws Exception {
        assertThat(readAll(new Server(1, "ab", "c", "c", "c"), 1)).isEqualTo("abc");
        assertThat(readAll(new Server(0, "a", "a", "a", "a"), 0)).isEqualTo("a");
    }

    @Test
    void given_a_full_page_that_repeats_when_read_then_it_fails() {
        assertThatThrownBy(() -> readAll(new Server(1, "ab", "ab", "ab"), 1))
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("repeats");
        assertThatThrownBy(() -> readAll(new Server(0, "ab", "ab", "ab", "ab"), 0))
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("repeats");
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
                        0,
                        5,
                        FULL)))
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("5");
        assertThat(asked).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void given_several_pages_when_one_is_taken_then_no_other_is_asked_for() throws Exception {
        Server server = new Server(0, "ab", "cd", "ef");
        PagedList list = new PagedList("patients", server, 0, 10, FULL);

        assertThat(list.nextPage()).extracting(WireRow::id).containsExactly("a", "b");
        assertThat(server.asked).containsExactly(0);
        assertThat(list.nextPage()).extracting(WireRow::id).containsExactly("c", "d");
        assertThat(server.asked).containsExactly(0, 1);
    }

    @Test
    void given_a_list_at_its_end_when_asked_again_then_the_server_is_not() throws Exception {
        Server server = new Server(0, "a");
        PagedList list = new PagedList("patients", server, 0, 10, FULL);
        readAll(list);

        assertThat(list.nextPage()).isEmpty();
        assertThat(server.asked).containsExactly(0, 1);
    }

    @Test
    void given_a_page_that_could_not_be_had_when_asked_again_then_it_is_the_same_page() throws Exception {
        Server server = new Server(0, "ab", "cd");
        PagedList list = new PagedList("patients", server, 0, 10, FULL);
        list.nextPage();
        server.refused = 1;
        assertThatThrownBy(list::nextPage).hasMessage("refused");
        server.refused = -1;

        assertThat(list.nextPage()).extracting(WireRow::id).containsExactly("c", "d");
    }

    private static String readAll(PagedList.Pages pages, int first) throws CliniceaException, InterruptedException {
        return readAll(new PagedList("patients", pages, first, 10, FULL));
    }

    private static String readAll(PagedList list) throws CliniceaException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (List<WireRow> page = list.nextPage(); !page.isEmpty(); page = list.nextPage()) {
            page.forEach(row -> all.append(row.id()));
        }
        return all.toString();
    }

    /** Each letter a row. */
    private static WirePage page(String letters) {
        return new WirePage(
                letters.chars()
                        .mapToObj(Character::toString)
                        .map(c -> row(c, ("{\"ID\":\"" + c + "\"}").getBytes(UTF_8)))
                        .toList(),
                null);
    }

    private static WireRow row(String id, byte[] json) {
        return new WireRow(id, null, null, json, null, RowVersion.of(id, null, null, json), null);
    }
}
