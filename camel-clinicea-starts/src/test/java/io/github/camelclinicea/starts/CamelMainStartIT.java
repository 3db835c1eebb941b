/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

/** Follows docs/start/camel-main.md. */
class CamelMainStartIT extends StartTest {
    @Override
    String platform() {
        return "camel-main";
    }
}
