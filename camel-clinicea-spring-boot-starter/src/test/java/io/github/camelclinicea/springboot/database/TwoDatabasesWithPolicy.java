/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.database;

import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/** Says which one of the two databases is the route's, as docs/how-to/spring-boot.md shows. */
@Configuration
@Import(TwoDatabases.class)
class TwoDatabasesWithPolicy {
    @Bean
    SpringTransactionPolicy required(@Qualifier("clinicTransactions") PlatformTransactionManager manager) {
        return new SpringTransactionPolicy(manager);
    }
}
