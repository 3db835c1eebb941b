/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Reads the body of a response up to the size limit.
 *
 * <p>Specified by {@code CamelHttpTransportTest}.
 */
final class ResponseBody {
    private static final int FIRST_ROOM = 128 * 1024;
    private static final int ROOM_FOR_UNKNOWN = 16 * 1024;

    private ResponseBody() {}

    /**
     * Returns the body; empty if there is none.
     *
     * @param request the request, which is cancelled if the body cannot be read to its end
     * @param entity the body, or null
     * @param maxResponseSize the largest body in bytes, decompressed
     * @throws Transport.TooLargeException if the body is larger
     */
    static byte[] read(HttpUriRequestBase request, HttpEntity entity, long maxResponseSize) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            boolean complete = false;
            try {
                byte[] body = read(in, entity.getContentLength(), maxResponseSize);
                complete = true;
                return body;
            } finally {
                if (!complete) {
                    // Otherwise, closing the stream would read it to its end to keep the connection.
                    request.cancel();
                }
            }
        }
    }

    /** @param announced the length that the server announced, which may be wrong; negative for none */
    private static byte[] read(InputStream in, long announced, long maxResponseSize) throws IOException {
        byte[] body = new byte[announced < 0 ? ROOM_FOR_UNKNOWN : (int) Math.min(announced, FIRST_ROOM)];
        int size = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (size == body.length) {
                body = Arrays.copyOf(body, moreThan(size, maxResponseSize));
            }
            body[size++] = (byte) next;
            size += in.readNBytes(body, size, body.length - size);
            if (size > maxResponseSize) {
                throw new Transport.TooLargeException(
                        "the response is larger than maxResponseSize of " + maxResponseSize + " bytes");
            }
        }
        return size == body.length ? body : Arrays.copyOf(body, size);
    }

    /** Returns twice the size, and at most one byte more than the limit, which is enough to see that it is exceeded. */
    static int moreThan(int size, long maxResponseSize) {
        return (int) Math.min(Math.max(2L * size, ROOM_FOR_UNKNOWN), maxResponseSize + 1);
    }
}
