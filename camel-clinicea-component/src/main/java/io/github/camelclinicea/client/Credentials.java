/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

/** How a request shows who sends it (docs/design/wire.md, section 1). */
public sealed interface Credentials permits ApiKey, StaffLogin {}
