/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Configures two databases, each with a transaction manager. Nothing says which one is the route's. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TwoDatabases {
    @Bean
    DataSource dataSource(@Value("${spring.datasource.url}") String url) {
        return pool(url);
    }

    @Bean
    DataSource archive(@Value("${spring.datasource.url}") String url) {
        return pool(url);
    }

    private static DataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(3);
        return pool;
    }

    @Bean
    PlatformTransactionManager clinicTransactions(@Qualifier("dataSource") DataSource dataSource) {
        return new DataSourceTransactionManager(dataSource);
    }

    @Bean
    PlatformTransactionManager archiveTransactions(@Qualifier("archive") DataSource archive) {
        return new DataSourceTransactionManager(archive);
    }

    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients").to("sql:classpath:save-patients.sql?batch=true&dataSource=#dataSource");
            }
        };
    }
}
