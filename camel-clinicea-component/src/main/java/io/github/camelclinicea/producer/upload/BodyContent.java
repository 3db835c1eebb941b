/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.upload;

import io.github.camelclinicea.client.http.Content;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * A message's body as content. A blob store wants to know the length before the first byte, and a stream may be of any size,
 * so what can be read only once goes into a temporary file first, which {@link #close} deletes. Camel's own stream caching
 * would do for that, if it spooled to disk unless it is told to; by default it keeps everything in memory.
 */
public final class BodyContent implements Content, AutoCloseable {
    private static final String DEFAULT_TYPE = "application/octet-stream";
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*[!-~][ -~]*");

    /** Writes all of it, each time from the beginning. */
    private interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    private final String type;
    private final long length;
    private final Source source;
    private final Path spooled;

    private BodyContent(String type, long length, Source source, Path spooled) {
        this.type = type;
        this.length = length;
        this.source = source;
        this.spooled = spooled;
    }

    /**
     * @param message its body is the content, its {@code Content-Type} header the type
     * @return the content, to be closed
     * @throws IllegalArgumentException if it has no body that is content, or one that cannot be read; the message does not
     *     quote what lies behind it, which may name a file, and a file a patient
     */
    public static BodyContent of(Message message) {
        String type = type(message);
        Object body = message.getBody();
        if (body instanceof WrappedFile<?> wrapped) {
            body = wrapped.getFile() instanceof File ? wrapped.getFile() : wrapped.getBody();
        }
        try {
            if (body instanceof File file) {
                return file(type, file.toPath());
            }
            if (body instanceof Path path) {
                return file(type, path);
            }
            if (body instanceof byte[] || body instanceof CharSequence) {
                byte[] bytes = message.getBody(byte[].class);
                return new BodyContent(type, bytes.length, out -> out.write(bytes), null);
            }
            if (body instanceof StreamCache cache && body instanceof InputStream) {
                return cached(type, cache);
            }
            InputStream stream = message.getBody(InputStream.class);
            if (stream != null) {
                try (stream) {
                    return spooled(type, stream);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "The body (" + message.getBody().getClass().getName()
                            + ") cannot be read, or not be kept in a temporary file ("
                            + e.getClass().getName() + "); nothing was sent");
        }
        throw new IllegalArgumentException(
                "upload takes the content of the document from the body: a file, a stream, bytes or text, not "
                        + (body == null ? "an empty one" : body.getClass().getName()));
    }

    private static String type(Message message) {
        Object header = message.getHeader(Exchange.CONTENT_TYPE);
        if (header == null) {
            return DEFAULT_TYPE;
        }
        String type = String.valueOf(header);
        if (!HEADER_VALUE.matcher(type).matches()) {
            throw new IllegalArgumentException("The header " + Exchange.CONTENT_TYPE
                    + " is empty or has a character that the value of a header must not have");
        }
        return type;
    }

    private static BodyContent file(String type, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no file");
        }
        return new BodyContent(type, Files.size(file), out -> Files.copy(file, out), null);
    }

    /** What a cache says of its length is that of its file, which may be encrypted. */
    private static BodyContent cached(String type, StreamCache cache) throws IOException {
        Source source = out -> {
            cache.reset();
            cache.writeTo(out);
        };
        Counted counted = new Counted();
        source.writeTo(counted);
        return new BodyContent(type, counted.bytes, source, null);
    }

    private static BodyContent spooled(String type, InputStream stream) throws IOException {
        Path file = Files.createTempFile("clinicea-upload", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                stream.transferTo(out);
            }
            return new BodyContent(type, Files.size(file), out -> Files.copy(file, out), file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int from, int count) {
            bytes += count;
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        source.writeTo(out);
    }

    @Override
    public void close() {
        if (spooled != null) {
            try {
                Files.deleteIfExists(spooled);
            } catch (IOException e) {
                spooled.toFile().deleteOnExit();
            }
        }
    }

    /** @return nothing of the content */
    @Override
    public String toString() {
        return "BodyContent";
    }
}
