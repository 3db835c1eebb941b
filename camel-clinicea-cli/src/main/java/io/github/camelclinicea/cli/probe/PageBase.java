/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

/**
 * The number of the first page of a list, as far as the responses show it.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param number the number, or null if it is not known
 * @param words what was seen
 * @param mayPin whether the option {@code firstPage} may name it. It may not if page 0 failed with an error of the
 *     server: that may pass, and the rows of page 0 would then be lost
 */
record PageBase(Integer number, String words, boolean mayPin) {
    static PageBase notKnown(String reason) {
        return new PageBase(null, Fact.notKnown(reason), false);
    }

    static final PageBase NOT_ASKED = new PageBase(null, Fact.NOT_ASKED, false);
}
