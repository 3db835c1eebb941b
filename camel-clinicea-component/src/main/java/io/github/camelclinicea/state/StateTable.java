/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.state;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.HexFormat;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks the table of a {@link JdbcSyncRepository} at its start.
 *
 * <p>Specified by {@code OddDatabasesTest} and {@code StateDataSourceTest}.
 *
 * @param existsString a statement that fails if the table is absent
 * @param createString the statement that creates it, for messages
 */
record StateTable(
        JdbcTemplate jdbcTemplate,
        TransactionTemplate transactionTemplate,
        String name,
        String existsString,
        String createString) {
    /**
     * Returns whether the table is there: another node may have created it at the same moment.
     *
     * @throws DataAccessException if the database cannot be reached
     */
    boolean exists() {
        try {
            transactionTemplate.executeWithoutResult(status -> jdbcTemplate.execute(existsString));
            return true;
        } catch (DataAccessResourceFailureException | TransientDataAccessException | RecoverableDataAccessException e) {
            throw e;
        } catch (DataAccessException e) {
            return false;
        }
    }

    /**
     * Checks the columns: a table of that name may be of something else.
     *
     * @throws IllegalArgumentException if they are not those of the state
     */
    void requireLayout() {
        try {
            if (Boolean.TRUE.equals(transactionTemplate.execute(status -> padsKeys()))) {
                throw otherLayout("a messageId of type CHAR, which pads each key with blanks", null);
            }
        } catch (BadSqlGrammarException e) {
            throw otherLayout("other columns than the state needs", e);
        }
    }

    private Boolean padsKeys() {
        return jdbcTemplate.query("SELECT processorName, messageId, createdAt FROM " + name + " WHERE 1 = 0", rows -> {
            int type = rows.getMetaData().getColumnType(2);
            return type == Types.CHAR || type == Types.NCHAR;
        });
    }

    private IllegalArgumentException otherLayout(String what, Exception cause) {
        return new IllegalArgumentException(
                "The table " + name + " has " + what + ". Set another tableName, or have the table created by: "
                        + createString,
                cause);
    }

    /**
     * Checks that the user of the database may write: with the right to read only, a sync would start and never get on.
     * Writes a key and removes it in a transaction that is rolled back.
     *
     * @throws IllegalArgumentException if a right is missing
     */
    void requireWritable(String insertString, String deleteString, String processorName) {
        // Not longer than the keys that each sync has.
        String key = "=start-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        try {
            transactionTemplate.executeWithoutResult(status -> {
                if (!status.isNewTransaction()) {
                    // A transaction of the caller must not be rolled back.
                    return;
                }
                status.setRollbackOnly();
                jdbcTemplate.update(insertString, processorName, key, new Timestamp(System.currentTimeMillis()));
                jdbcTemplate.update(deleteString, processorName, key);
            });
        } catch (DataAccessException e) {
            if (isDenied(e)) {
                throw new IllegalArgumentException(
                        "The user of the DataSource may not write to the table " + name
                                + ": grant SELECT, INSERT and DELETE on it",
                        e);
            }
            throw e;
        }
    }

    /** Returns whether a database denied a right, by the codes of H2, PostgreSQL, Derby, MySQL, Oracle, SQL Server. */
    private static boolean isDenied(DataAccessException failure) {
        if (failure instanceof PermissionDeniedDataAccessException) {
            return true;
        }
        SQLException cause = failure.getMostSpecificCause() instanceof SQLException sql ? sql : new SQLException();
        String state = String.valueOf(cause.getSQLState());
        return state.equals("90096")
                || state.startsWith("4250")
                || state.equals("42000") && (cause.getErrorCode() == 1142 || cause.getErrorCode() == 1031)
                || state.equals("S0005") && cause.getErrorCode() == 229;
    }

    /** Returns whether the DataSource itself is wrong, so that no later attempt can reach a database. */
    static boolean isOfNoDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A pool refuses its settings. The words are of HikariCP, and of java.sql.DriverManager, whose SQLState is
            // that of a database that cannot be reached.
            if (cause instanceof IllegalArgumentException
                    || String.valueOf(cause.getMessage()).matches("Driver \\S+ claims to not accept jdbcUrl.*")
                    || cause instanceof SQLException
                            && String.valueOf(cause.getMessage())
                                    .matches("No suitable driver.*|The url cannot be null")) {
                return true;
            }
        }
        return false;
    }
}
