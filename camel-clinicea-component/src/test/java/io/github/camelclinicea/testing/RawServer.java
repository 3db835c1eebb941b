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
 * A server without manners, for what an HTTP server would put right: takes one request after the other, each on a connection
 * of its own, keeps it byte by byte, and writes what it is told to.
 */
public final class RawServer implements AutoCloseable {
    /** Ends the connection too, so that the next request comes on one of its own. */
    public static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);

    /** What comes back. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    /** What is spoken over a connection that was taken. */
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

    /** @return a server behind TLS, which ends a connection without a word unless the answer closes it */
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

    /** @return a server that resets each connection behind this part of an answer */
    public static RawServer resetting(String part) throws IOException {
        return new RawServer(
                connection -> {
                    connection.setSoLinger(true, 0);
                    return connection;
                },
                out -> write(out, part));
    }

    /** @return a server that ends each connection before it has read anything */
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

    /** @return a server that gives these answers one after the other; then none */
    public static RawServer answering(String... answers) throws IOException {
        Iterator<String> next = List.of(answers).iterator();
        return new RawServer(out -> {
            if (next.hasNext()) {
                write(out, next.next());
            }
        });
    }

    /** @return an answer of JSON */
    public static String json(String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** Writes text whose characters are bytes. */
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
                // The client went away, which is what some tests are about, or the server was closed.
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

    /** @return the next request, head and body, waited for; each character is one byte of it */
    public String request() throws InterruptedException {
        String request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    /** @return all requests that have come and have not been asked for */
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
