/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

/** The credentials of an endpoint (docs/design/wire.md, section 1). */
public sealed interface Credentials permits ApiKey, StaffLogin {}
