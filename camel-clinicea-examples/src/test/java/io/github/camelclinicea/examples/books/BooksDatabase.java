/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Holds a database with the tables of the books, without routes. One server serves all tests of a JVM. */
final class BooksDatabase implements AutoCloseable {
    private static int schemas;
    private static EmbeddedPostgres server;

    final HikariDataSource dataSource = new HikariDataSource();
    final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));

    BooksDatabase() throws IOException, SQLException {
        dataSource.setJdbcUrl(newUrl());
        dataSource.setUsername("postgres");
        dataSource.setMaximumPoolSize(8);
        dataSource.setMinimumIdle(1);
    }

    /** Creates an empty schema, which is faster than a database, and returns its URL. */
    static synchronized String newUrl() throws IOException, SQLException {
        if (server == null) {
            server = EmbeddedPostgres.start();
        }
        String name = "books" + ++schemas;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
        return server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
    }

    /** Returns the settings of the application, with some of them replaced. */
    static BooksSettings settings(Map<String, String> own) throws IOException {
        Properties properties =
                PropertiesLoaderUtils.loadProperties(new ClassPathResource("books/application.properties"));
        CamelContext context = new DefaultCamelContext();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("books."))
                .forEach(name ->
                        context.getPropertiesComponent().addInitialProperty(name, properties.getProperty(name)));
        own.forEach((name, value) -> context.getPropertiesComponent().addInitialProperty("books." + name, value));
        return new BooksSettings(context);
    }

    /** Runs a statement of the application, such as stage-bill. */
    void stage(String statement, Map<String, ?> row) {
        try {
            String sql = new ClassPathResource("books/" + statement + ".sql")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace(":#", ":");
            new NamedParameterJdbcTemplate(jdbc).update(sql, new HashMap<>(row));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Posts all that is unposted, each document in a transaction of its own as the route does. */
    void post(Ledger ledger) {
        jdbc.queryForList("SELECT kind, id FROM books_document WHERE unposted ORDER BY kind, id")
                .forEach(document -> transaction.executeWithoutResult(
                        status -> ledger.post((String) document.get("kind"), (String) document.get("id"))));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
