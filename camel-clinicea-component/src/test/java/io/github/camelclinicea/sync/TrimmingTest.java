/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.state.JdbcSyncRepository;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests that a million keys ({@code -Dtrimming.keys}) are removed in steps, between which no transaction is open. */
@Tag("proof")
class TrimmingTest {
    private static final int KEYS = Integer.getInteger("trimming.keys", 1_000_000);
    private static final int KEYS_IN_A_STEP = 1_000;

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate database = new JdbcTemplate(dataSource);
    private final Progress progress = new Progress(Clock.systemUTC());
    private int keysOfTransaction;
    private int mostKeysOfTransaction;
    private int transactions;

    TrimmingTest() {
        dataSource.setJdbcUrl("jdbc:h2:mem:" + System.nanoTime());
        dataSource.setMaximumPoolSize(1);
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    /** Counts the keys of each call. */
    private final class CountingTemplate extends JdbcTemplate {
        private static final long serialVersionUID = 1L;

        private CountingTemplate() {
            super(dataSource);
        }

        @Override
        public int[] batchUpdate(String sql, List<Object[]> rows) {
            keysOfTransaction += rows.size();
            return super.batchUpdate(sql, rows);
        }

        @Override
        public <T> List<T> queryForList(String sql, Class<T> type, Object... values) {
            List<T> found = super.queryForList(sql, type, values);
            keysOfTransaction += found.size();
            return found;
        }
    }

    private final class CountingTransactions extends TransactionTemplate {
        private static final long serialVersionUID = 1L;

        private CountingTransactions() {
            super(new DataSourceTransactionManager(dataSource));
        }

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            keysOfTransaction = 0;
            T result = super.execute(action);
            transactions++;
            mostKeysOfTransaction = Math.max(mostKeysOfTransaction, keysOfTransaction);
            return result;
        }
    }

    private Ledger ledger(int keys) {
        JdbcSyncRepository repository = new JdbcSyncRepository(new CountingTemplate(), new CountingTransactions());
        repository.setProcessorName("clinic");
        repository.start();
        database.update("INSERT INTO CAMEL_MESSAGEPROCESSED (processorName, messageId)"
                + " SELECT 'clinic', 's#' || X FROM SYSTEM_RANGE(1, " + keys + ")");
        mostKeysOfTransaction = 0;
        transactions = 0;
        Ledger ledger = new Ledger(new RepositoryKeys(repository, 0), "s");
        // The first clean poll lists nothing.
        ledger.replaceWindow(oneRow(), () -> true, progress);
        return ledger;
    }

    private int count() {
        return database.queryForObject("SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED", Integer.class);
    }

    private static SeenVersions oneRow() {
        SeenVersions seen = new SeenVersions();
        seen.note(1, new RowVersion(1, 1));
        return seen;
    }

    /** Is asked before each key. The pool has one connection, which other calls need. */
    private BooleanSupplier noTransactionIsOpen() {
        return () -> dataSource.getHikariPoolMXBean().getActiveConnections() == 0;
    }

    @Test
    void given_a_million_keys_of_an_ended_process_when_polled_then_they_go_in_steps_and_nothing_waits_longer() {
        Ledger ledger = ledger(KEYS);

        for (int listed = 0; listed < KEYS + LeftBehindKeys.LISTED_AT_ONCE; listed += LeftBehindKeys.LISTED_AT_ONCE) {
            int before = transactions;
            assertThat(ledger.replaceWindow(oneRow(), noTransactionIsOpen(), progress))
                    .isTrue();
            assertThat(transactions - before)
                    .as("transactions of a poll: a listing and a removal")
                    .isLessThanOrEqualTo(2 * (LeftBehindKeys.LISTED_AT_ONCE / KEYS_IN_A_STEP + 1));
        }

        assertThat(count()).isZero();
        assertThat(mostKeysOfTransaction).isEqualTo(KEYS_IN_A_STEP);
    }

    @Test
    void given_many_keys_when_stopped_then_the_poll_makes_no_further_step() {
        Ledger ledger = ledger(20_000);
        ledger.replaceWindow(oneRow(), () -> transactions < 5, progress);
        assertThat(transactions).as("steps of a listing").isEqualTo(5);
        ledger.replaceWindow(oneRow(), () -> true, progress);
        int before = count();

        transactions = 0;
        ledger.replaceWindow(oneRow(), () -> transactions < 5, progress);

        assertThat(transactions).as("steps of a removal").isEqualTo(5);
        assertThat(count()).isEqualTo(before - 5 * KEYS_IN_A_STEP);
    }
}
