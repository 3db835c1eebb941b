/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * Says how well a fact about requests and responses is known (docs/design/wire.md, the table of grades). Nothing in
 * this project was tried with the live service. The grade of a fact tells a user how risky it is to rely on it.
 */
public enum Grade {
    /** Stated on the vendor's help page. */
    HELP,
    /** Stated on another official page of the vendor. */
    VENDOR,
    /** Reported by a public integration as observed on the live service. */
    LIVE,
    /** Sent by public, shipped code to the live service; result not stated. */
    USED,
    /** Reported from the vendor's API description at second hand. */
    SECOND,
    /** A convention of this project, which the help page implies and no source states. */
    CONVENTION,
    /** A guess by analogy. A source says that there is such a thing, and none says how it is called. */
    GUESS,
    /** Stated by the user, in a catalogue file of their own or by an option. */
    OWN
}
