/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import java.util.List;

/** The credentials of an endpoint (docs/design/wire.md, section 1). */
public sealed interface Credentials permits ApiKey, StaffLogin {
    /** Returns the texts that must appear nowhere, in any order. Some may be empty. */
    List<String> secrets();
}
