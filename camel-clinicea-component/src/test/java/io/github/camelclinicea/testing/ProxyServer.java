/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Is a small HTTP proxy that forwards absolute requests and opens tunnels. Requests for any host go to one port of this
 * machine. So a client can use a host that it cannot reach without the proxy.
 */
public final class ProxyServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final int target;
    private final String authorization;

    /**
     * Starts the proxy.
     *
     * @param target the port that all requests go to
     * @param authorization the required value of {@code Proxy-Authorization}, or null if none is required
     */
    public ProxyServer(int target, String authorization) throws IOException {
        this.target = target;
        this.authorization = authorization;
        threads.execute(this::accept);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = opened(socket.accept());
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private Socket opened(Socket connection) {
        open.add(connection);
        return connection;
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            String head = head(in);
            heads.add(head);
            if (authorization != null && !head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
                RawServer.write(
                        out,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"clinic\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            try (Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), target))) {
                if (head.startsWith("CONNECT ")) {
                    RawServer.write(out, "HTTP/1.1 200 Connection established\r\n\r\n");
                } else {
                    RawServer.write(server.getOutputStream(), forwarded(head));
                }
                threads.execute(() -> pipe(in, server));
                server.getInputStream().transferTo(out);
            }
        } catch (IOException e) {
            // One of the two sides has disconnected.
        }
    }

    /**
     * Returns the head to forward. Each connection takes one request, so that the proxy does not need to find the next
     * one.
     */
    private static String forwarded(String head) {
        return head.replaceFirst(" http://[^/]+/", " /")
                .replaceFirst("\r\nConnection: [^\r]*", "\r\nConnection: close");
    }

    private static void pipe(InputStream in, Socket server) {
        try {
            in.transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            // One of the two sides has disconnected.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("no request");
            }
            head.append((char) read);
        }
        return head.toString();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the head of each request to the proxy itself, byte by byte. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
