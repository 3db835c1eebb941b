package io.github.camelclinicea.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads the head of one request after the other, each on a connection of its own, and writes what it is told to. */
final class RawServer implements AutoCloseable {
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final Thread thread;

    RawServer(Answer answer) throws IOException {
        thread = new Thread(() -> serve(answer), "RawServer");
        thread.start();
    }

    /** @return a server that gives these answers, a character a byte, one after the other; then none */
    static RawServer answering(String... answers) throws IOException {
        Iterator<String> next = List.of(answers).iterator();
        return new RawServer(out -> {
            if (next.hasNext()) {
                out.write(next.next().getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }

    private void serve(Answer answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                heads.add(head(connection.getInputStream()));
                answer.write(connection.getOutputStream());
            } catch (IOException e) {
                // The client went away, which is what some tests are about, or the server was closed.
            } catch (InterruptedException e) {
                return;
            }
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

    String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    /** The head of the next request, waited for. */
    String head() throws InterruptedException {
        return heads.poll(10, TimeUnit.SECONDS);
    }

    /** @return how many requests came whose heads have not been asked for */
    int requests() {
        return heads.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.interrupt();
    }
}
