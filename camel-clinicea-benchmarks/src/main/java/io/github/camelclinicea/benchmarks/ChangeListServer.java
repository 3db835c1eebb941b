/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import io.github.camelclinicea.benchmarks.RowTemplate.Statuses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves a change list of patients from a process of its own. It has one thread and rendered pages. Latency is a due
 * time of each response and no sleeping thread, so that the server is never the limit.
 *
 * <p>The base URL {@code http://localhost:port/50ms/400pages/MIXED} is a list of 400 pages with a latency of 50 ms and
 * rows of all statuses.
 * {@code /requests} returns the number of requests so far. The process ends when its standard input ends.
 */
final class ChangeListServer {
    private static final Pattern LIST = Pattern.compile("/(\\d+)ms/(\\d+)pages/([A-Z]+)/.*");
    private static final Pattern SINCE = Pattern.compile("lastSync(?:Timestamp|Date)=(\\d{4}-\\d\\d-\\d\\dT[0-9:]{8})");
    private static final Pattern PAGE = Pattern.compile("intPageNo=(\\d+)");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final int HEADER_ROOM = 1024;

    private final Map<Statuses, RowTemplate> templates = new EnumMap<>(Statuses.class);
    private final PriorityQueue<Connection> due = new PriorityQueue<>(Comparator.comparingLong(c -> c.dueNanos));
    private final Selector selector = Selector.open();
    private long requests;

    private ChangeListServer() throws IOException {
        for (Statuses statuses : Statuses.values()) {
            templates.put(statuses, new RowTemplate(statuses));
        }
    }

    public static void main(String[] args) throws IOException {
        endWithStandardInput();
        new ChangeListServer().run();
    }

    /** Ends this process with its standard input, so that it never outlives the process that started it. */
    private static void endWithStandardInput() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException e) {
                // Same as the end of the input.
            }
            System.exit(0);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private void run() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println(server.socket().getLocalPort());
        while (true) {
            selector.select(this::serve, millisToNext());
            long now = System.nanoTime();
            while (!due.isEmpty() && due.peek().dueNanos <= now) {
                due.poll().send();
            }
        }
    }

    /** Returns the milliseconds to the next due response; 0 if there is none, which waits for the next event. */
    private long millisToNext() {
        return due.isEmpty() ? 0 : Math.max(1, (due.peek().dueNanos - System.nanoTime() + 999_999) / 1_000_000);
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, 512 * 1024);
                Connection connection = new Connection(channel);
                connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            } else if (key.isReadable()) {
                ((Connection) key.attachment()).receive();
            } else if (key.isWritable()) {
                ((Connection) key.attachment()).send();
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** Serves one connection. One request at a time is enough, because the clients do not pipeline. */
    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(8 * 1024);
        private final ByteBuffer out =
                ByteBuffer.allocateDirect(templates.get(Statuses.MIXED).length() + HEADER_ROOM);
        private SelectionKey key;
        private long dueNanos;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void receive() throws IOException {
            if (channel.read(in) < 0) {
                key.cancel();
                channel.close();
                return;
            }
            String head = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
            if (head.endsWith("\r\n\r\n")) {
                in.clear();
                respond(head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/")));
            }
        }

        private void respond(String target) {
            Matcher list = LIST.matcher(target);
            if (list.matches()) {
                long page = firstPage(target) + number(PAGE.matcher(target), 0);
                RowTemplate template = templates.get(Statuses.valueOf(list.group(3)));
                if (page < Long.parseLong(list.group(2))) {
                    header(template.length());
                    template.write(page, out);
                } else {
                    text("[]");
                }
                dueNanos = System.nanoTime() + Long.parseLong(list.group(1)) * 1_000_000;
                due.add(this);
                requests++;
            } else {
                text(Long.toString(requests));
                due.add(this);
            }
            out.flip();
        }

        private long firstPage(String target) {
            Matcher since = SINCE.matcher(target.replace("%3A", ":"));
            return since.find() ? RowTemplate.firstPageSince(since.group(1)) : 0;
        }

        private static long number(Matcher matcher, long otherwise) {
            return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
        }

        private void text(String body) {
            header(body.length());
            out.put(body.getBytes(StandardCharsets.US_ASCII));
        }

        private void header(int length) {
            out.clear();
            out.put(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: "
                            + HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\nContent-Length: " + length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }

        void send() {
            try {
                channel.write(out);
                key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            } catch (IOException e) {
                key.cancel();
            }
        }
    }
}
