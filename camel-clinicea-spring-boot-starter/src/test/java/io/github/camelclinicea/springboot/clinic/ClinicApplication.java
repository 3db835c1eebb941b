/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.clinic;

import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Is the application of docs/how-to/spring-boot.md. Its route is in camel/patients.yaml, its options are in
 * application.properties.
 */
@SpringBootApplication
public class ClinicApplication {
    public static void main(String[] args) {
        SpringApplication.run(ClinicApplication.class, args);
    }

    @Bean
    JdbcMessageIdRepository syncState(DataSource dataSource) {
        return new JdbcMessageIdRepository(dataSource, "clinic-1");
    }
}
