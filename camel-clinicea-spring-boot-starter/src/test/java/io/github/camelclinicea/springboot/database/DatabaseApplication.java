/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.springboot.database;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Is the application without beans of its own that docs/how-to/spring-boot.md shows. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class DatabaseApplication {
    public static void main(String[] args) {
        SpringApplication.run(DatabaseApplication.class, args);
    }
}
