/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import org.junit.jupiter.api.Tag;

/** Follows docs/start/quarkus.md. */
@Tag("proof")
class QuarkusStartIT extends StartTest {
    @Override
    String platform() {
        return "quarkus";
    }
}
