/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.state;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repository in a SQL database that takes the keys of a page in one statement. It has the table of Camel's
 * {@link JdbcMessageIdRepository}, so a sync can change from the one to the other and back and keeps its state. The
 * statements are standard SQL.
 *
 * <p>Its calls take part in a transaction of the calling thread if that transaction is of the same {@link DataSource}.
 * With JTA, give it a {@link TransactionTemplate} of the transaction manager that the route uses.
 *
 * <p>Needs {@code camel-sql} on the class path. Another name for the table is possible
 * ({@link #setTableName(String)}), other statements are not.
 */
public class JdbcSyncRepository extends JdbcMessageIdRepository implements BulkIdempotentRepository {
    /** Fewer than Oracle takes in one IN list (1,000) and SQL Server in one statement (2,100). */
    private static final int KEYS_IN_A_QUESTION = 500;

    /** Keys that are removed or listed in one transaction: well below a second on a slow database. */
    private static final int KEYS_IN_A_STEP = 1_000;

    /** A concurrent write of the same key ends one attempt; the next sees the key. */
    private static final int ATTEMPTS_TO_ADD = 3;

    private static final String ESCAPE = "!";

    private volatile String databaseName;
    private volatile boolean mayPreferIndex = true;

    /**
     * Creates a repository without a database; {@code jdbcTemplate}, {@code transactionTemplate} and the name must be
     * set.
     */
    public JdbcSyncRepository() {}

    /**
     * Creates a repository with transactions of its own.
     *
     * @param dataSource the database
     * @param processorName what tells its keys from those of other repositories in the table
     */
    public JdbcSyncRepository(DataSource dataSource, String processorName) {
        super(dataSource, processorName);
    }

    /**
     * Creates a repository whose transactions a given manager makes, which JTA needs.
     *
     * @param dataSource the database
     * @param transactionTemplate makes the transactions; it should join one of the calling thread
     * @param processorName what tells its keys from those of other repositories in the table
     */
    public JdbcSyncRepository(DataSource dataSource, TransactionTemplate transactionTemplate, String processorName) {
        super(dataSource, transactionTemplate, processorName);
    }

    /**
     * Creates a repository on templates of Spring's.
     *
     * @param jdbcTemplate runs the statements
     * @param transactionTemplate makes the transactions; it should join one of the calling thread
     */
    public JdbcSyncRepository(JdbcTemplate jdbcTemplate, TransactionTemplate transactionTemplate) {
        super(jdbcTemplate, transactionTemplate);
    }

    @Override
    protected void doInit() throws Exception {
        require(jdbcTemplate, "a DataSource or a jdbcTemplate");
        require(transactionTemplate, "a transactionTemplate");
        require(processorName, "a processorName");
        super.doInit();
        String table = table();
        refuseOther("queryString", getQueryString(), DEFAULT_QUERY_STRING, table);
        refuseOther("insertString", getInsertString(), DEFAULT_INSERT_STRING, table);
        refuseOther("deleteString", getDeleteString(), DEFAULT_DELETE_STRING, table);
    }

    /**
     * Starts the repository, and creates the table if it is absent.
     *
     * @throws IllegalArgumentException if the table cannot be created or written, or the database cannot be used at
     *     all: a later start would fail, too. Any other exception means that the database cannot be reached
     */
    @Override
    protected void doStart() throws Exception {
        try {
            super.doStart();
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException e) {
            if (StateTable.isOfNoDatabase(e)) {
                // Without the cause, which quotes the URL: a password may be in it.
                throw new IllegalArgumentException("The DataSource of the state has no JDBC driver for its URL, or"
                        + " no URL: check the URL and the class path");
            }
            throw e;
        } catch (TransientDataAccessException | RecoverableDataAccessException e) {
            throw e;
        } catch (DataAccessException e) {
            if (!stateTable().exists()) {
                throw new IllegalArgumentException(
                        "The table for the state cannot be created. Have it created by a user with the right to: "
                                + getCreateString()
                                + " and grant SELECT, INSERT and DELETE on it",
                        e);
            }
        }
        stateTable().requireLayout();
        stateTable().requireWritable(getInsertString(), getDeleteString(), processorName);
    }

    private StateTable stateTable() {
        return new StateTable(jdbcTemplate, transactionTemplate, table(), getTableExistsString(), getCreateString());
    }

    private static void require(Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "JdbcSyncRepository needs " + what + ": set it before the repository starts");
        }
    }

    private static void refuseOther(String option, String statement, String standard, String table) {
        if (!standard.replace(DEFAULT_TABLENAME, table).equals(statement)) {
            throw new IllegalArgumentException("JdbcSyncRepository has statements of its own: remove " + option
                    + ", or use Camel's JdbcMessageIdRepository; tableName can be set");
        }
    }

    private String table() {
        return getTableName() == null ? DEFAULT_TABLENAME : getTableName();
    }

    @Override
    public Set<String> containsAll(Collection<String> keys) {
        List<String> wanted = List.copyOf(new TreeSet<>(keys));
        return lookUp(() -> present(wanted));
    }

    /** Runs work that looks keys up, in a transaction. */
    private <T> T lookUp(Supplier<T> work) {
        boolean prefersIndex = mayPreferIndex && "PostgreSQL".equals(databaseName());
        try {
            return lookUp(work, prefersIndex);
        } catch (BadSqlGrammarException e) {
            if (!prefersIndex) {
                throw e;
            }
            // A database that calls itself PostgreSQL, but does not have the setting.
            mayPreferIndex = false;
            return lookUp(work, false);
        }
    }

    /**
     * @param prefersIndex keeps PostgreSQL from reading the whole table for a page while it has no statistics of the
     *     table, and from keeping such a plan. Not in a transaction of the caller, whose statements it would change
     */
    private <T> T lookUp(Supplier<T> work, boolean prefersIndex) {
        return transactionTemplate.execute(status -> {
            if (prefersIndex && status.isNewTransaction()) {
                jdbcTemplate.execute("SET LOCAL enable_seqscan = off");
            }
            return work.get();
        });
    }

    private Set<String> present(List<String> keys) {
        Set<String> present = new HashSet<>();
        for (List<String> piece : pieces(keys, KEYS_IN_A_QUESTION)) {
            present.addAll(comparesPairs() ? presentByPairs(piece) : presentByKeys(piece));
        }
        return present;
    }

    private List<String> presentByKeys(List<String> keys) {
        return jdbcTemplate.queryForList(
                "SELECT messageId FROM " + table() + " WHERE processorName = ? AND messageId IN ("
                        + String.join(",", Collections.nCopies(keys.size(), "?")) + ")",
                String.class,
                Stream.concat(Stream.of(processorName), keys.stream()).toArray());
    }

    private List<String> presentByPairs(List<String> keys) {
        return jdbcTemplate.queryForList(
                "SELECT messageId FROM " + table() + " WHERE (processorName, messageId) IN ("
                        + String.join(",", Collections.nCopies(keys.size(), "(?,?)")) + ")",
                String.class,
                keys.stream().flatMap(key -> Stream.of(processorName, key)).toArray());
    }

    /**
     * Returns whether the database compares pairs of columns, and needs to: H2 would otherwise use the first column of the
     * primary key only, and read all keys for each page. SQL Server and Derby do not know such pairs.
     */
    private boolean comparesPairs() {
        return "H2".equals(databaseName());
    }

    private String databaseName() {
        if (databaseName == null) {
            databaseName = jdbcTemplate.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
        }
        return databaseName;
    }

    @Override
    public void addAll(Collection<String> keys) {
        // In one order everywhere, so that two nodes cannot wait for each other.
        List<String> wanted = List.copyOf(new TreeSet<>(keys));
        for (int attempt = 1; ; attempt++) {
            try {
                lookUp(() -> addMissing(wanted));
                return;
            } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
                // Another node was faster. A transaction around this one is lost by that, and is repeated as a whole.
                if (attempt == ATTEMPTS_TO_ADD || TransactionSynchronizationManager.isActualTransactionActive()) {
                    throw e;
                }
            }
        }
    }

    /** Returns the keys that were there. */
    private Set<String> addMissing(List<String> keys) {
        Set<String> present = present(keys);
        insert(keys.stream().filter(key -> !present.contains(key)).toList());
        return present;
    }

    @Override
    public void addNew(Collection<String> keys) {
        List<String> wanted = keys.stream().sorted().toList();
        transactionTemplate.executeWithoutResult(status -> insert(wanted));
    }

    private void insert(List<String> keys) {
        Timestamp now = new Timestamp(System.currentTimeMillis());
        List<Object[]> rows =
                keys.stream().map(key -> new Object[] {processorName, key, now}).toList();
        if (!rows.isEmpty()) {
            jdbcTemplate.batchUpdate(getInsertString(), rows);
        }
    }

    @Override
    public void removeAll(Collection<String> keys) {
        for (List<String> piece : pieces(List.copyOf(new TreeSet<>(keys)), KEYS_IN_A_STEP)) {
            List<Object[]> rows =
                    piece.stream().map(key -> new Object[] {processorName, key}).toList();
            transactionTemplate.executeWithoutResult(status -> jdbcTemplate.batchUpdate(getDeleteString(), rows));
        }
    }

    @Override
    public void forEach(String prefix, Consumer<String> action) {
        String pattern = pattern(prefix);
        List<String> keys = step("", processorName, pattern);
        while (!keys.isEmpty()) {
            // A database may compare without regard to case.
            keys.stream().filter(key -> key.startsWith(prefix)).forEach(action);
            keys = keys.size() < KEYS_IN_A_STEP
                    ? List.of()
                    : step(" AND messageId > ?", processorName, pattern, keys.get(keys.size() - 1));
        }
    }

    /**
     * Returns the next keys of a listing, in a transaction of their own. The order is that of the primary key: H2 would
     * sort all keys by any other.
     */
    private List<String> step(String after, Object... values) {
        return Objects.requireNonNull(transactionTemplate.execute(status -> jdbcTemplate.queryForList(
                "SELECT messageId FROM " + table() + " WHERE processorName = ? AND messageId LIKE ? ESCAPE '" + ESCAPE
                        + "'" + after + " ORDER BY processorName, messageId " + rowsOfAStep(),
                String.class,
                values)));
    }

    /**
     * Returns the limit of a statement. {@code setMaxRows} does not tell the database: PostgreSQL would sort all keys
     * for each step. MySQL does not know the standard.
     */
    private String rowsOfAStep() {
        return Set.of("MySQL", "MariaDB").contains(databaseName())
                ? "LIMIT " + KEYS_IN_A_STEP
                : "OFFSET 0 ROWS FETCH NEXT " + KEYS_IN_A_STEP + " ROWS ONLY";
    }

    /** Returns the pattern of LIKE for texts that begin with a prefix. */
    private static String pattern(String prefix) {
        return prefix.replaceAll("([" + ESCAPE + "%_])", ESCAPE + "$1") + "%";
    }

    private static List<List<String>> pieces(List<String> keys, int size) {
        return IntStream.iterate(0, from -> from < keys.size(), from -> from + size)
                .mapToObj(from -> keys.subList(from, Math.min(from + size, keys.size())))
                .toList();
    }
}
