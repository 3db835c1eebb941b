/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import org.junit.jupiter.api.Tag;

/** Follows docs/start/camel-cli.md. */
@Tag("proof")
class CamelCliStartIT extends StartTest {
    @Override
    String platform() {
        return "camel-cli";
    }
}
