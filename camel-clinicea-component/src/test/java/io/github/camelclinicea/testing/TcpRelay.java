/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Forwards bytes between a client and a server, in both directions, until a test lets it fail as a machine or a network
 * does. Then it accepts bytes and never responds, or ends in the middle of a response.
 */
public final class TcpRelay implements AutoCloseable {
    private static final String HEAD_END = "\r\n\r\n";

    private final int target;
    private final boolean http;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<String> requestLines = new CopyOnWriteArrayList<>();

    private ClosedPort closedPort;
    private volatile ServerSocket listener;
    private volatile Future<?> acceptor;
    private volatile String swallowFrom;
    private volatile boolean swallowing;
    private volatile String dieAt;

    /** Creates a relay to an HTTP server. */
    public TcpRelay(int target) throws IOException {
        this(target, true);
    }

    private TcpRelay(int target, boolean http) throws IOException {
        this.target = target;
        this.http = http;
        this.port = listen(0);
    }

    /**
     * Returns a relay to a server of any protocol. It does not recognise requests, so it can only be cut and healed.
     */
    public static TcpRelay ofBytes(int target) throws IOException {
        return new TcpRelay(target, false);
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        // The port's old connections may not be closed completely yet.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        listener = socket;
        acceptor = threads.submit(() -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Connection connection = new Connection(socket.accept());
                threads.execute(connection::requests);
                threads.execute(connection::answers);
            } catch (IOException e) {
                // One of the two sides has disconnected.
            }
        }
    }

    public int port() {
        return port;
    }

    /** Returns the first lines of all requests so far. */
    public List<String> requestLines() {
        return List.copyOf(requestLines);
    }

    /** Accepts bytes and never responds, from the first request on whose first line contains the text. */
    public void swallowFrom(String text) {
        swallowFrom = text;
    }

    /** Accepts bytes over old and new connections from now on, and never responds. */
    public void cut() {
        swallowing = true;
    }

    /**
     * Closes all connections and the port in the middle of the response to a request whose first line contains the
     * text.
     */
    public void dieAt(String text) {
        dieAt = text;
    }

    /** Returns whether the port is closed. */
    public boolean dead() {
        return listener.isClosed();
    }

    /** Listens on the same port again, and forwards all bytes. */
    public synchronized void heal() throws IOException {
        swallowFrom = null;
        swallowing = false;
        dieAt = null;
        if (dead()) {
            closedPort.close();
            listen(port);
        }
    }

    private synchronized void die() throws IOException {
        if (dead()) {
            return;
        }
        listener.close();
        connections.forEach(Connection::close);
        try {
            // The port is free when no thread listens on it.
            acceptor.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
        closedPort = new ClosedPort(port);
    }

    @Override
    public synchronized void close() throws IOException {
        die();
        closedPort.close();
        threads.shutdownNow();
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean lastAnswer;

        Connection(Socket client) throws IOException {
            this.client = client;
            this.server = new Socket(InetAddress.getLoopbackAddress(), target);
            connections.add(this);
        }

        public void requests() {
            try {
                InputStream in = new BufferedInputStream(client.getInputStream());
                while (true) {
                    byte[] piece = http ? request(in) : bytes(in);
                    if (swallowing) {
                        in.transferTo(OutputStream.nullOutputStream());
                        return;
                    }
                    server.getOutputStream().write(piece);
                }
            } catch (IOException e) {
                close();
            }
        }

        private byte[] request(InputStream in) throws IOException {
            String head = head(in);
            String line = head.substring(0, head.indexOf('\r'));
            requestLines.add(line);
            swallowing |= swallowFrom != null && line.contains(swallowFrom);
            lastAnswer = !swallowing && dieAt != null && line.contains(dieAt);
            return head.getBytes(StandardCharsets.ISO_8859_1);
        }

        private static byte[] bytes(InputStream in) throws IOException {
            byte[] buffer = new byte[1 << 16];
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("the client has closed the connection");
            }
            return Arrays.copyOf(buffer, read);
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf(HEAD_END) < 0) {
                int read = in.read();
                if (read < 0) {
                    throw new IOException("the client has closed the connection");
                }
                head.append((char) read);
            }
            return head.toString();
        }

        public void answers() {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = server.getInputStream()) {
                OutputStream out = client.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    int cut = lastAnswer ? middle(buffer, read) : read;
                    out.write(buffer, 0, cut);
                    if (cut < read) {
                        die();
                        return;
                    }
                }
                close();
            } catch (IOException e) {
                close();
            }
        }

        /** Returns the middle of the body, which may not be there yet; without a body, the middle of the head. */
        private static int middle(byte[] piece, int length) {
            String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
            if (text.startsWith("HTTP/1.1 204")) {
                return length / 2;
            }
            int end = text.indexOf(HEAD_END);
            int body = end < 0 ? 0 : end + HEAD_END.length();
            return body + (length - body) / 2;
        }

        public void close() {
            connections.remove(this);
            try (client;
                    server) {
                lastAnswer = false;
            } catch (IOException e) {
                // The connection has no further use.
            }
        }
    }
}
