/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

/** Replaces the part of a page that is generated from the code. The part is between two marks, which stay. */
final class GeneratedPart {
    private GeneratedPart() {}

    /**
     * Returns the page with its generated part replaced.
     *
     * @param page the page as it is
     * @param begin the mark before the part, with its line break
     * @param part what the part should be
     * @param end the mark behind the part, with its line break
     */
    static String renewed(String page, String begin, String part, String end) {
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if (from < begin.length() || to < from) {
            throw new IllegalStateException("the page lacks its marks " + begin + end);
        }
        return page.substring(0, from) + part + page.substring(to);
    }
}
