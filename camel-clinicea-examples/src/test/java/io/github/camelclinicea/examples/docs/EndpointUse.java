/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

/**
 * A {@code clinicea:} endpoint that stands in a page or a source.
 *
 * @param source the file
 * @param uri the endpoint, with a value in place of each variable
 * @param side the side on which it is used
 */
record EndpointUse(String source, String uri, Side side) {
    /** Says on which side an endpoint is used. */
    enum Side {
        CONSUMER,
        PRODUCER,
        /** The place does not say it. */
        UNKNOWN
    }
}
