/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes the contents of documents, as the blob store does. It keeps the facts of each request and not its bytes. */
public final class BlobHost implements AutoCloseable {
    /**
     * Holds the facts of a request.
     *
     * @param target path and query as sent
     * @param headers the headers by their names in lower case
     * @param length the number of bytes received
     * @param digest the digest of those bytes
     */
    public record Put(String method, String target, Map<String, String> headers, long length, String digest) {}

    /** Writes the response to a request that has been read. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange request, int number) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Put> puts = new CopyOnWriteArrayList<>();
    private volatile Answer answer = (request, number) -> status(request, 201);

    public BlobHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange request) throws IOException {
        try (request) {
            Map<String, String> headers = new TreeMap<>();
            request.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            MessageDigest digest = sha256();
            long length = 0;
            byte[] buffer = new byte[65_536];
            InputStream in = request.getRequestBody();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
            puts.add(new Put(
                    request.getRequestMethod(),
                    request.getRequestURI().toString(),
                    headers,
                    length,
                    HexFormat.of().formatHex(digest.digest())));
            answer.to(request, puts.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the digest that a {@link Put} has for these bytes. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    public static void status(HttpExchange request, int status) throws IOException {
        request.sendResponseHeaders(status, -1);
    }

    public void answer(Answer next) {
        answer = next;
    }

    /** Sets the statuses of the next responses. The last one stays for all later requests. */
    public void answer(int... statuses) {
        answer = (request, number) -> status(request, statuses[Math.min(number, statuses.length) - 1]);
    }

    public String url() {
        return "http://localhost:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the requests so far, without those that were cut off. */
    public List<Put> puts() {
        return List.copyOf(puts);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
