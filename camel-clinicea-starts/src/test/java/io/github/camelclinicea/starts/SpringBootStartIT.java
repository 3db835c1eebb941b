/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** Follows docs/start/spring-boot.md. */
@Tag("proof")
class SpringBootStartIT extends StartTest {
    @Override
    String platform() {
        return "spring-boot";
    }

    @Override
    List<String> modules() {
        return List.of(
                "camel-clinicea-component",
                "camel-clinicea-sandbox",
                "camel-clinicea-cli",
                "camel-clinicea-spring-boot-starter");
    }
}
