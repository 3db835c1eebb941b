/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Returns a bad response to each request, of one of many kinds, and good ones from some moment on. None of them demands
 * a lower rate, because the client would obey.
 */
public final class HostileResponseServer implements AutoCloseable {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String RECORD = "{\"PatientID\":\"p1\",\"FirstName\":\"Testa\"}";

    /** Larger than any limit that the tests set for a response. */
    private static final int LARGE = 150_000;

    private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean good;

    public HostileResponseServer(long seed) throws IOException {
        random = new Random(seed);
        threads.execute(this::accept);
    }

    public String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    public int requests() {
        return requests.get();
    }

    public void beGood() {
        good = true;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or the client has disconnected.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            OutputStream out = new BufferedOutputStream(connection.getOutputStream());
            while (readRequest(connection.getInputStream())) {
                requests.incrementAndGet();
                out.write((good ? json(RECORD) : bad()).getBytes(ISO_8859_1));
                out.flush();
                if (!good && !mayKeepAlive()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        int length = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("\r\ncontent-length: ");
        if (length >= 0) {
            int from = length + "\r\ncontent-length: ".length();
            in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf("\r\n", from))));
        }
        return true;
    }

    private synchronized boolean mayKeepAlive() {
        return random.nextInt(10) == 0;
    }

    private static String json(String body) {
        return HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String status(int status) {
        return "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n";
    }

    private static String filledTo(int length, String start, String piece) {
        return start + piece.repeat(Math.max(0, length - start.length()) / piece.length());
    }

    private synchronized String bad() {
        return switch (random.nextInt(36)) {
            case 0 -> "";
            case 1 -> "HTTP/1.1 2";
            case 2 -> "HTTP/1.1 000 X\r\n\r\n";
            case 3 -> "SSH-2.0-OpenSSH\r\n\r\n";
            case 4 -> filledTo(LARGE, "HTTP/1.1 200 ", "Smith");
            case 5 -> filledTo(LARGE, HEAD + "X: ", "Smith");
            case 6 -> filledTo(LARGE, HEAD, "X: Smith\r\n");
            case 7 -> filledTo(LARGE, CHUNKED, "0");
            case 8 -> filledTo(LARGE, CHUNKED + "2;", "Smith");
            case 9 -> filledTo(LARGE, CHUNKED + "0\r\n", "X: Smith\r\n");
            case 10 -> HEAD + "Content-Encoding: " + "gzip, ".repeat(20_000) + "gzip\r\nContent-Length: 2\r\n\r\n{}";
            case 11 -> HEAD + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
            case 12 -> HEAD + "Content-Length: 99999999999\r\n\r\n" + RECORD;
            case 13 -> HEAD + "Content-Length: 100\r\n\r\n" + RECORD;
            case 14 -> json(RECORD) + json(RECORD);
            case 15 -> json(RECORD.replace("p1", "p2"));
            case 16 -> json(filledTo(LARGE, "[", "{},"));
            case 17 -> json(filledTo(90_000, "[", "{},") + "{}]");
            case 18 -> json(filledTo(90_000, "[{\"PatientID\":\"p1\",\"a\":[", "1,") + "1]}]");
            case 19 -> json("{\"PatientID\":\"p1\",\"Fee\":1e2000000000}");
            case 20 -> json("{\"PatientID\":1e1000000000}");
            case 21 -> json("[".repeat(40_000));
            case 22 -> json("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
            case 23 -> json("{\"PatientID\":\"p1\",\"PatientID\":\"p1\"}");
            case 24 -> json("{\"PatientID\":\"p1\",\"x\":NaN}");
            case 25 -> json("\u00ff\u00fe{\u0000}");
            case 26 -> json("<html><body>Maintenance</body></html>");
            case 27 -> json("{\"Message\":\"An error has occurred.\"}");
            case 28 -> status(204);
            case 29 -> status(302);
            case 30 -> status(401);
            case 31 -> status(404);
            case 32 -> status(500);
            case 33 -> status(400);
            case 34 -> status(100) + status(103) + status(500);
            default -> json("\"" + "x".repeat(random.nextInt(LARGE)) + "\"");
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
