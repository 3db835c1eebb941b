/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.OutputStream;

/** What is to be stored, of any size: it can be read from its beginning again and again, and is never in memory as a whole. */
public interface Content {
    /** @return its length in bytes; what is written must be exactly so much */
    long length();

    /** @return its media type, as it is to be sent in a header */
    String type();

    /**
     * Writes it, from its beginning, each time that it is asked to.
     *
     * @param out where to; not to be closed
     * @throws IOException if it cannot be read, or {@code out} takes no more
     */
    void writeTo(OutputStream out) throws IOException;
}
