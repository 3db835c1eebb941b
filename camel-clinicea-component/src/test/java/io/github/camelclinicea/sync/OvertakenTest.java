/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests what a transacted node does after another node has delivered rows: it goes on as a new process does. */
class OvertakenTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final HikariDataSource dataSource = new HikariDataSource();
    private final Map<String, Row> clinic = new TreeMap<>();
    private final List<String> delivered = new ArrayList<>();
    private final Set<String> poison = new HashSet<>();
    private Instant now = BEGIN;
    private boolean checkpointCannotBeRead;
    private Runnable beforeNextKeys = () -> {};
    private TransactionTemplate transaction;
    private ChangeSync one;
    private ChangeSync other;

    @BeforeEach
    void open() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        one = node();
        other = node();
        one.start(BEGIN.minus(TestSettings.OVERLAP));
        other.start(BEGIN.minus(TestSettings.OVERLAP));
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    private ChangeSync node() {
        JdbcSyncRepository repository = new JdbcSyncRepository(dataSource, "clinic") {
            @Override
            public boolean contains(String key) {
                if (checkpointCannotBeRead && key.startsWith("s@")) {
                    throw new IllegalStateException("the database is away");
                }
                return super.contains(key);
            }
        };
        repository.start();
        return new ChangeSync(
                (since, number, listener) -> page(since, number),
                repository,
                TestSettings.of(false, true),
                Runnable::run,
                Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC),
                null,
                0);
    }

    private Page page(Instant since, int number) {
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

    private void poll(ChangeSync node) throws Exception {
        node.poll((OpenSink) this::deliver);
    }

    private void deliver(Delivery delivery) {
        String id = delivery.row().id();
        try {
            transaction.executeWithoutResult(status -> {
                if (poison.contains(id)) {
                    throw new IllegalStateException("poison");
                }
                Runnable before = beforeNextKeys;
                beforeNextKeys = () -> {};
                before.run();
                delivery.remember();
                delivered.add(id);
            });
            delivery.completed();
        } catch (RuntimeException e) {
            delivery.failed(e);
        }
    }

    /** Polls in another thread, because a transaction belongs to its thread. */
    private void pollBeside(ChangeSync node) {
        CompletableFuture.runAsync(() -> {
                    try {
                        poll(node);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();
    }

    @Test
    void given_a_held_row_and_a_checkpoint_that_cannot_be_read_when_overtaken_then_the_row_is_not_lost()
            throws Exception {
        poison.add("p");
        change("p");
        poll(one);
        pass(Duration.ofMinutes(10));
        change("a");
        poll(one);
        poll(other);
        pass(Duration.ofMinutes(10));
        change("b");
        poll(other);

        checkpointCannotBeRead = true;
        assertThatThrownBy(() -> poll(one)).hasMessageContaining("the database is away");
        checkpointCannotBeRead = false;
        poison.clear();
        poll(one);

        assertThat(delivered).containsExactlyInAnyOrder("a", "b", "p");
    }

    @Test
    void given_a_reset_that_is_being_carried_out_when_overtaken_then_it_begins_again() throws Exception {
        change("a");
        change("c");
        poll(one);
        pass(Duration.ofHours(1));
        poll(one);
        other.start(BEGIN.minus(TestSettings.OVERLAP));
        delivered.clear();

        one.requestReset(null);
        beforeNextKeys = () -> {
            pass(Duration.ofMinutes(20));
            change("b");
            pollBeside(other);
        };
        assertThatThrownBy(() -> poll(one)).isInstanceOf(OvertakenException.class);
        poll(one);

        assertThat(delivered).contains("a", "c");
    }

    @Test
    void given_a_reset_that_was_carried_out_but_for_a_held_row_when_overtaken_then_nothing_comes_twice()
            throws Exception {
        poison.add("p");
        change("a");
        change("p");
        one.requestReset(null);
        poll(one);
        change("b");
        poll(other);
        assertThat(delivered).containsExactly("a", "b");

        poll(one);
        poll(other);

        assertThat(delivered).containsExactly("a", "b");
    }
}
