/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * Says how well a fact about requests and responses is known (docs/design/wire.md, the table of grades). Nothing in
 * this project was tried with the live service. The grade of a row tells a user how risky it is to rely on it.
 */
public enum Grade {
    /** Stated on the vendor's help page, or the convention that page implies. */
    HELP,
    /** Stated on another official page of the vendor. */
    VENDOR,
    /** Reported by a public integration as observed on the live service. */
    LIVE,
    /** Sent by public, shipped code to the live service; result not stated. */
    USED,
    /** Reported from the vendor's API description at second hand. */
    SECOND
}
