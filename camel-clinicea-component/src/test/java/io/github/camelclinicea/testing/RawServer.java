/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Writes the bytes that a test gives, for responses that an HTTP server would correct. It takes one request after the
 * other, each on its own connection, and keeps it byte by byte.
 */
public final class RawServer implements AutoCloseable {
    /** A 204 that also ends the connection, so that the next request comes on its own connection. */
    public static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    /** Writes the response. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /** Serves an accepted connection. */
    private interface Protocol {
        Socket over(Socket connection) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final Thread thread;

    public RawServer(Answer answer) throws IOException {
        this(connection -> connection, answer);
    }

    private RawServer(Protocol protocol, Answer answer) throws IOException {
        thread = new Thread(() -> serve(protocol, answer), "RawServer");
        thread.start();
    }

    /** Returns a server behind TLS. It ends a connection without TLS's close message unless the response closes it. */
    public static RawServer tls(SSLContext tls, Answer answer) throws IOException {
        return new RawServer(
                connection -> {
                    SSLSocket over = (SSLSocket)
                            tls.getSocketFactory().createSocket(connection, "localhost", connection.getPort(), true);
                    over.setUseClientMode(false);
                    return over;
                },
                answer);
    }

    /** Returns a server that resets each connection after this part of a response. */
    public static RawServer resetting(String part) throws IOException {
        return new RawServer(
                connection -> {
                    connection.setSoLinger(true, 0);
                    return connection;
                },
                out -> write(out, part));
    }

    /** Returns a server that ends each connection before it has read a byte. */
    public static RawServer deaf() throws IOException {
        return new RawServer(
                connection -> {
                    throw new IOException("deaf");
                },
                out -> {});
    }

    public RawServer(String answer) throws IOException {
        this(out -> write(out, answer));
    }

    /** Returns a server that gives these responses one after the other, and then none. */
    public static RawServer answering(String... answers) throws IOException {
        Iterator<String> next = List.of(answers).iterator();
        return new RawServer(out -> {
            if (next.hasNext()) {
                write(out, next.next());
            }
        });
    }

    /** Returns a response with JSON. */
    public static String json(String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** Writes text, one byte for each character. */
    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private void serve(Protocol protocol, Answer answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                Socket spoken = protocol.over(connection);
                requests.add(request(spoken.getInputStream()));
                answer.write(spoken.getOutputStream());
            } catch (IOException e) {
                // The client has disconnected, as some tests want, or the server was closed.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("no request");
            }
            request.append((char) read);
        }
        Matcher length = LENGTH.matcher(request);
        return length.find()
                ? request + new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1)
                : request.toString();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://localhost:" + port();
    }

    /** Waits for the next request and returns its head and body, one character for each byte. */
    public String request() throws InterruptedException {
        String request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    /** Returns all requests that have arrived and were not returned yet. */
    public List<String> pending() {
        List<String> pending = new ArrayList<>();
        requests.drainTo(pending);
        return pending;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.interrupt();
    }
}
