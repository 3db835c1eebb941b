/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Reserves a port without listening on it. Connections to it are refused, and no other process can take it. */
public final class ClosedPort implements AutoCloseable {
    private final Socket socket = new Socket();

    public ClosedPort() throws IOException {
        this(0);
    }

    /**
     * Reserves the port.
     *
     * @param port the port, or 0 for any free port
     */
    public ClosedPort(int port) throws IOException {
        // The port's old connections may not be closed completely yet.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://localhost:" + port();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
