package io.github.camelclinicea.client;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.io.IOCallback;

/**
 * Content on its way. The connection was told a length: no more than that goes out, so that content that has grown since is
 * never taken for whole; and a failure of the content's is told from one of the connection's.
 */
final class SentContent implements IOCallback<OutputStream> {
    private final Content content;

    SentContent(Content content) {
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
    }

    private static final class Measured extends OutputStream {
        private final OutputStream connection;
        private long left;
        private IOException broken;

        Measured(OutputStream connection, long length) {
            this.connection = connection;
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
                connection.write(bytes, from, count);
                left -= count;
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }
    }
}
