/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.atomikos.icatch.jta.UserTransactionImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import com.atomikos.jdbc.AtomikosDataSourceBean;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.state.JdbcSyncRepository;
import io.github.camelclinicea.testing.ListedRow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests {@code transacted} with JTA. A transaction spans two XA data sources, and the first one has the state. */
class TransactedJtaTest {
    private static final String STATE = "&idempotentRepository=#state";

    @TempDir
    private static Path logs;

    private static UserTransactionManager transactions;

    private final TransactedSetting setting = TransactedSetting.onH2();
    private final AtomikosDataSourceBean dataSource = new AtomikosDataSourceBean();
    private final AtomikosDataSourceBean other = new AtomikosDataSourceBean();
    private JtaTransactionManager manager;
    private JdbcTemplate database;
    private JdbcTemplate second;

    @BeforeAll
    static void startTransactions() throws Exception {
        System.setProperty("com.atomikos.icatch.log_base_dir", logs.toString());
        System.setProperty("com.atomikos.icatch.registered", "true");
        transactions = new UserTransactionManager();
        transactions.setForceShutdown(true);
        transactions.init();
    }

    @AfterAll
    static void stopTransactions() {
        transactions.close();
    }

    @BeforeEach
    void open() throws Exception {
        use(dataSource, setting.dataSource.getJdbcUrl());
        use(other, "jdbc:h2:mem:other" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        manager = new JtaTransactionManager(new UserTransactionImp(), transactions);
        manager.afterPropertiesSet();
        database = new JdbcTemplate(dataSource);
        second = new JdbcTemplate(other);
        second.execute("CREATE TABLE log (id VARCHAR(20))");
        setting.bind("manager", manager);
        setting.server.add(ListedRow.patients(0, 5, ListedRow.LONG_AGO));
    }

    private static void use(AtomikosDataSourceBean bean, String url) {
        JdbcDataSource xa = new JdbcDataSource();
        xa.setURL(url);
        bean.setUniqueResourceName("h2" + System.nanoTime());
        bean.setXaDataSource(xa);
        bean.setPoolSize(3);
    }

    @AfterEach
    void close() {
        setting.close();
        dataSource.close();
        other.close();
    }

    private JdbcSyncRepository repositoryOnJta() {
        return new JdbcSyncRepository(dataSource, new TransactionTemplate(manager), "clinic");
    }

    /** Inserts into both databases. */
    private void insert(Exchange exchange) {
        List<?> ids = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
        for (Object id : ids != null ? ids : List.of(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID))) {
            database.update("INSERT INTO log VALUES (?, '')", id);
            second.update("INSERT INTO log VALUES (?)", id);
        }
    }

    private static Processor failing(int times) {
        AtomicInteger calls = new AtomicInteger();
        return exchange -> {
            if (calls.incrementAndGet() <= times) {
                throw new IllegalStateException("fails");
            }
        };
    }

    private void assertEachOnce() {
        TransactedSetting.awaitCleanPolls(setting.consumer(), 2);
        List<String> all = IntStream.range(0, 5).mapToObj(i -> "p" + i).toList();
        assertThat(setting.log()).isEqualTo(all);
        assertThat(second.queryForList("SELECT id FROM log ORDER BY id", String.class))
                .isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&batching=true"})
    void given_a_repository_on_the_jta_manager_when_rows_fail_then_each_takes_effect_once(String options)
            throws Exception {
        setting.bind("state", repositoryOnJta());
        setting.addRoute(STATE + options, route -> route.process(this::insert).process(failing(3)));

        setting.camel.start();

        assertEachOnce();
    }

    @Test
    void given_a_row_that_fails_when_rolled_back_then_no_key_is_left() throws Exception {
        setting.bind("state", repositoryOnJta());
        setting.addRoute(STATE, route -> route.process(this::insert).process(failing(Integer.MAX_VALUE)));

        setting.camel.start();

        TransactedSetting.await(
                () -> assertThat(setting.consumer().sync().heldRows()).hasSize(5));
        assertThat(setting.log()).isEmpty();
        assertThat(setting.database.queryForList(
                        "SELECT messageId FROM CAMEL_MESSAGEPROCESSED WHERE messageId LIKE '%#%'", String.class))
                .isEmpty();
    }

    /** Its own transactions are those of a connection, which a connection in a JTA transaction does not allow. */
    @Test
    void given_a_repository_with_transactions_of_its_own_when_started_then_nothing_is_polled() throws Exception {
        setting.bind("state", new JdbcSyncRepository(dataSource, "clinic"));
        setting.addRoute(STATE, route -> route.process(this::insert));

        setting.camel.start();

        TransactedSetting.await(() -> assertThat(setting.quiet.exceptions()).hasSizeGreaterThanOrEqualTo(2));
        assertThat(setting.quiet.exceptions())
                .allSatisfy(failure -> assertThat(TransactedSetting.messages(failure))
                        .contains("transacted=true", "idempotentRepository", "TransactionTemplate"));
        assertThat(setting.server.requests()).isEmpty();
    }

    @Test
    void given_a_repository_on_the_plain_data_source_when_started_then_refused() throws Exception {
        setting.bind("state", setting.repository());
        setting.addRoute(STATE, route -> route.process(this::insert));

        setting.assertRefused("transacted=true", "idempotentRepository", "transaction manager");
    }
}
