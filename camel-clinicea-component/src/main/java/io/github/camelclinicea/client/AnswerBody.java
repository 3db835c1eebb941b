package io.github.camelclinicea.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;

/** Reads the body of an answer, as far as it may be. */
final class AnswerBody {
    private static final int FIRST_ROOM = 128 * 1024;

    private AnswerBody() {}

    /**
     * @param request what it is the answer to; cancelled if the body is too large
     * @param entity the body, or null
     * @param maxResponseSize the largest in bytes, decompressed
     * @throws Transport.TooLargeException if it is larger
     */
    static byte[] read(HttpUriRequestBase request, HttpEntity entity, long maxResponseSize) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            // A length that is announced is no reason to believe it.
            ByteArrayOutputStream body =
                    new ByteArrayOutputStream((int) Math.min(Math.max(entity.getContentLength(), 1024), FIRST_ROOM));
            byte[] buffer = new byte[16384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (body.size() + (long) read > maxResponseSize) {
                    // Closing the stream would read it to its end, to use the connection again.
                    request.cancel();
                    throw new Transport.TooLargeException(
                            "the answer is larger than maxResponseSize of " + maxResponseSize + " bytes");
                }
                body.write(buffer, 0, read);
            }
            return body.toByteArray();
        }
    }
}
