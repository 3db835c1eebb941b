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
 * Stands where a server is thought to be and passes on what comes, both ways, until it is told to fail as a machine or a
 * network does: then it takes what comes and never answers, or is gone in the middle of an answer.
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

    /** Of a server that speaks HTTP. */
    public TcpRelay(int target) throws IOException {
        this(target, true);
    }

    private TcpRelay(int target, boolean http) throws IOException {
        this.target = target;
        this.http = http;
        this.port = listen(0);
    }

    /** @return a relay of a server whatever it speaks; it knows of no requests, so that it can be cut and healed alone */
    public static TcpRelay ofBytes(int target) throws IOException {
        return new TcpRelay(target, false);
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        // The port's old connections may still be on their way out.
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
                // This side is gone, or the other one did not want to speak.
            }
        }
    }

    public int port() {
        return port;
    }

    /** @return the first lines of all requests so far */
    public List<String> requestLines() {
        return List.copyOf(requestLines);
    }

    /** From a request whose first line contains the text on, whatever comes is taken and nothing is answered. */
    public void swallowFrom(String text) {
        swallowFrom = text;
    }

    /** From now on whatever comes, over old connections and new ones, is taken and nothing is answered. */
    public void cut() {
        swallowing = true;
    }

    /** In the middle of the answer to a request whose first line contains the text, nobody is there any more. */
    public void dieAt(String text) {
        dieAt = text;
    }

    /** @return whether nobody is there */
    public boolean dead() {
        return listener.isClosed();
    }

    /** Is there again, on the same port, and passes on whatever comes. */
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
            // The port is free once nobody waits on it any more.
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

        /** Of the body, which may be still to come; of the head, if there is no body. */
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
                // It is of no more use either way.
            }
        }
    }
}
