/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import io.github.camelclinicea.testing.RawServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Serves connections that it leaves open. The first connection gets one response, each later one another response. */
public final class KeepAliveServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new ArrayList<>();
    private final CountDownLatch written = new CountDownLatch(1);

    public KeepAliveServer(Answer first, Answer later) throws IOException {
        Thread thread = new Thread(() -> serve(first, later), "KeepAliveServer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Answer first, Answer later) {
        try {
            for (Answer answer = first; ; answer = later) {
                Socket connection = socket.accept();
                synchronized (connections) {
                    connections.add(connection);
                }
                readHead(connection.getInputStream());
                answer.write(connection.getOutputStream());
                written.countDown();
            }
        } catch (IOException | InterruptedException e) {
            // Closed.
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    public String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    /** Waits until the first response has been written completely. */
    public void awaitWritten() throws InterruptedException {
        if (!written.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    public int connections() {
        synchronized (connections) {
            return connections.size();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (connections) {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }
}
