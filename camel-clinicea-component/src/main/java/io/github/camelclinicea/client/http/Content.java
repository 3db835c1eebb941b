/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.OutputStream;

/** Content of any size to upload. It can be read from its beginning repeatedly, and is never in memory as a whole. */
public interface Content {
    /** Returns the length in bytes; {@link #writeTo} must write exactly this many. */
    long length();

    /** Returns the media type, as sent in a header. */
    String type();

    /**
     * Writes the content from its beginning, at each call.
     *
     * @param out receives the content; not closed
     * @throws IOException if the content cannot be read, or {@code out} fails
     */
    void writeTo(OutputStream out) throws IOException;
}
