/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the tables of {@code books/tables.sql}.
 *
 * <p>Specified by {@code LedgerTest}.
 */
final class BooksTables {
    /** An arbitrary number. Nodes that start at once wait for its lock. */
    private static final long LOCK = 0x626f6f6b73L;

    private BooksTables() {}

    /** Creates the tables unless the database has them, also if several nodes start at once. */
    static void create(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult(status -> {
            jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, LOCK);
            if (jdbc.queryForObject("SELECT to_regclass('books_voucher')", Object.class) == null) {
                jdbc.execute(script());
            }
        });
    }

    private static String script() {
        try (InputStream script = new ClassPathResource("books/tables.sql").getInputStream()) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
