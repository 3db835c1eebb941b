/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.TestRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tests nodes on one database. Each removes the keys that the others left behind. */
class LeftBehindKeysTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final HikariDataSource dataSource = new HikariDataSource();
    private final Map<String, Row> clinic = new TreeMap<>();
    private final List<String> delivered = new ArrayList<>();
    private Instant now = BEGIN;
    private ChangeSync one;
    private ChangeSync other;

    @BeforeEach
    void open() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        one = node();
        other = node();
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    private ChangeSync node() {
        JdbcSyncRepository repository = new JdbcSyncRepository(dataSource, "clinic");
        repository.start();
        return new ChangeSync(
                this::page,
                repository,
                new SyncSettings("s", OVERLAP, 1, 0, true, 100, 10, 4, 0),
                null,
                Runnable::run,
                Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC),
                null,
                HeldRowListener.NONE,
                new SyncCounters());
    }

    private Page page(Instant since, int number, Object listener) {
        List<Row> listed = clinic.values().stream()
                .filter(row -> !Instant.parse(row.modified() + "Z").isBefore(since))
                .toList();
        return new Page(number, number > 0 ? List.of() : listed, now);
    }

    private void change(String id) {
        byte[] content = ("{\"ID\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        clinic.put(id, TestRow.of(id, "Modified", now.toString().substring(0, 19), content));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static void lead(ChangeSync node) {
        node.start(BEGIN.minus(OVERLAP));
    }

    private void poll(ChangeSync node) throws Exception {
        poll(node, id -> {});
    }

    private void poll(ChangeSync node, Consumer<String> route) throws Exception {
        node.poll((OpenSink) delivery -> {
            delivered.add(delivery.row().id());
            route.accept(delivery.row().id());
            delivery.completed();
        });
    }

    private int keys() {
        return new JdbcTemplate(dataSource)
                .queryForObject(
                        "SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED WHERE messageId LIKE 's#%'", Integer.class);
    }

    @Test
    void given_nodes_that_lead_in_turn_when_polled_then_no_row_comes_twice_and_old_keys_go() throws Exception {
        List<String> ids = List.of("a", "b", "c", "d", "e", "f");
        for (int turn = 0; turn < ids.size(); turn++) {
            ChangeSync leader = turn % 2 == 0 ? one : other;
            change(ids.get(turn));
            lead(leader);
            poll(leader);
            pass(Duration.ofMinutes(2));
            poll(leader);
        }
        assertThat(delivered).containsExactlyElementsOf(ids);

        pass(Duration.ofHours(1));
        lead(other);
        change("g");
        for (int poll = 0; poll < 4; poll++) {
            pass(Duration.ofSeconds(10));
            poll(other);
        }

        assertThat(delivered).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(keys()).as("that of the row in the list").isEqualTo(1);
    }

    @Test
    void given_a_node_that_polls_during_the_others_poll_when_both_go_on_then_no_row_comes_twice() throws Exception {
        lead(one);
        lead(other);
        change("a");

        poll(one, id -> {
            change("b");
            pollQuietly(other);
        });
        poll(other);
        poll(one);
        poll(other);

        assertThat(delivered)
                .as("each node took a before the other's key was there")
                .containsExactly("a", "a", "b");
    }

    private void pollQuietly(ChangeSync node) {
        try {
            poll(node);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
