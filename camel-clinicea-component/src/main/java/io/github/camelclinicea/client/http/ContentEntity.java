/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.io.IOCallback;

/**
 * Writes content whose length is already announced. The last byte is held back until the content has ended, so that
 * content that grew or shrank fails the request instead of being stored wrong. Distinguishes a failure of the content
 * from one of the connection.
 */
final class ContentEntity implements IOCallback<OutputStream> {
    private final Content content;

    ContentEntity(Content content) {
        this.content = content;
    }

    @Override
    public void execute(OutputStream connection) throws IOException {
        CountedOutput out = new CountedOutput(connection, content.length());
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException e) {
            if (out.failure != null) {
                throw out.failure;
            }
            // Not the cause of the new exception: its message may name a file, and the file a patient.
            throw new Transport.ContentException("the content could not be read to its end");
        }
        if (out.left > 0) {
            throw new Transport.ContentException("the content has become shorter while it was sent");
        }
        out.end();
    }

    /** Counts the bytes that are written, and holds the last one back. */
    private static final class CountedOutput extends OutputStream {
        private final OutputStream connection;
        private final long announced;
        private long left;
        private byte last;
        private IOException failure;

        CountedOutput(OutputStream connection, long length) {
            this.connection = connection;
            this.announced = length;
            this.left = length;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                if (count > left) {
                    throw new Transport.ContentException("the content has become longer while it was sent");
                }
                left -= count;
                boolean all = left == 0 && count > 0;
                if (all) {
                    last = bytes[from + count - 1];
                }
                connection.write(bytes, from, all ? count - 1 : count);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** Writes the last byte, since the content has ended with exactly the announced length. */
        void end() throws IOException {
            if (announced > 0) {
                connection.write(last);
            }
        }
    }
}
