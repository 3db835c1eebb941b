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
 * Holds the body of a message as the content of a document. A blob store needs the length before the first byte. So a
 * stream, which may be of any size, is first written to a temporary file; {@link #close} deletes it. Camel's stream
 * caching is not used, because by default it keeps the whole stream in memory.
 *
 * <p>Specified by {@code UploadTest}.
 */
public final class BodyContent implements Content, AutoCloseable {
    private static final String DEFAULT_TYPE = "application/octet-stream";
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*[!-~][ -~]*");

    /** Writes the whole content, each time from its beginning. */
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
     * Returns the body of a message as content.
     *
     * @param message the message; the header {@code Content-Type} is the type of the content
     * @return the content, to be closed
     * @throws IllegalArgumentException if the body is no content, or cannot be read. Its message does not quote the
     *     cause, which may name a file, and the file a patient
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
                            + ") cannot be read or stored in a temporary file ("
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
            throw new IllegalArgumentException(
                    "The header " + Exchange.CONTENT_TYPE + " is empty or has a character that a header must not have");
        }
        return type;
    }

    private static BodyContent file(String type, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a file");
        }
        return new BodyContent(type, Files.size(file), out -> Files.copy(file, out), null);
    }

    /** Counts the length by writing, because a cache returns the length of its file, which may be encrypted. */
    private static BodyContent cached(String type, StreamCache cache) throws IOException {
        Source source = out -> {
            cache.reset();
            cache.writeTo(out);
        };
        CountingStream counter = new CountingStream();
        source.writeTo(counter);
        return new BodyContent(type, counter.bytes, source, null);
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

    private static final class CountingStream extends OutputStream {
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

    /** Returns the class name only, because the content may be a patient's. */
    @Override
    public String toString() {
        return "BodyContent";
    }
}
