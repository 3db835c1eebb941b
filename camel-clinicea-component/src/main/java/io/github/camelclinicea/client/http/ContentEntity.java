/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.io.IOCallback;

/**
 * Content on its way. The connection was told a length, and takes the content for whole when it has got so many bytes: the
 * last of them waits until there is certainly no more, so that content that has grown since is never stored. A failure of
 * the content's is told from one of the connection's.
 */
final class ContentEntity implements IOCallback<OutputStream> {
    private final Content content;

    ContentEntity(Content content) {
        this.content = content;
    }

    @Override
    public void execute(OutputStream connection) throws IOException {
        Measured out = new Measured(connection, content.length());
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException e) {
            if (out.broken != null) {
                throw out.broken;
            }
            // Not passed on: its message may name a file, and a file a patient.
            throw new Transport.ContentException("the content could not be read to its end");
        }
        if (out.left > 0) {
            throw new Transport.ContentException("the content has become shorter while it was sent");
        }
        out.end();
    }

    private static final class Measured extends OutputStream {
        private final OutputStream connection;
        private final long announced;
        private long left;
        private byte last;
        private IOException broken;

        Measured(OutputStream connection, long length) {
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
                broken = e;
                throw e;
            }
        }

        /** All is there and nothing more has come. */
        void end() throws IOException {
            if (announced > 0) {
                connection.write(last);
            }
        }
    }
}
