/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.preparser.PreParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives messages, and responds as no receiver should. */
final class HostileReceiver implements AutoCloseable {
    /** Names what it does with a message. */
    enum Behaviour {
        AA(true),
        CA(true),
        AE(false),
        AR(false),
        CE(false),
        CR(false),
        SMALL_LETTERS(true),
        WRONG_CONTROL_ID(true),
        NO_CONTROL_ID(true),
        NO_MSA(true),
        GARBAGE(true),
        WITHOUT_FRAME(true),
        EMPTY_FRAME(true),
        ECHO(true),
        SILENCE(true),
        CLOSED(true),
        CLOSED_IN_THE_ANSWER(true);

        private final boolean maybeTaken;

        Behaviour(boolean maybeTaken) {
            this.maybeTaken = maybeTaken;
        }

        boolean isMaybeTaken() {
            return maybeTaken;
        }
    }

    private final ServerSocket server = new ServerSocket(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = Behaviour.AA;

    HostileReceiver() throws IOException {
        threads.submit(() -> {
            while (true) {
                Socket socket = server.accept();
                threads.submit(() -> serve(socket));
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    List<String> received() {
        return List.copyOf(received);
    }

    static String field(String message, String path) {
        try {
            return PreParser.getFields(message, path)[0];
        } catch (HL7Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Void serve(Socket socket) throws IOException, LLPException {
        try (socket) {
            String message = new MinLowerLayerProtocol(true)
                    .getReader(socket.getInputStream())
                    .getMessage();
            while (message != null) {
                Behaviour now = behaviour;
                received.add(message);
                OutputStream out = socket.getOutputStream();
                String id = field(message, "MSH-10");
                switch (now) {
                    case SMALL_LETTERS -> frame(out, ack("aa", id));
                    case WRONG_CONTROL_ID -> frame(out, ack("AA", id + "0"));
                    case NO_CONTROL_ID -> frame(out, ack("AA", ""));
                    case NO_MSA -> frame(out, ack("AA", id).replaceAll("MSA.*\r", ""));
                    case GARBAGE -> frame(out, "garbage \u0000 MSA|AA|" + id);
                    case WITHOUT_FRAME -> out.write(ack("AA", id).getBytes(StandardCharsets.UTF_8));
                    case EMPTY_FRAME -> frame(out, "");
                    case ECHO -> frame(out, message);
                    case SILENCE -> out.flush();
                    case CLOSED -> {
                        return null;
                    }
                    case CLOSED_IN_THE_ANSWER -> {
                        out.write(0x0B);
                        out.write(ack("AA", id).getBytes(StandardCharsets.UTF_8));
                        return null;
                    }
                    default -> frame(out, ack(now.name(), id));
                }
                out.flush();
                message = new MinLowerLayerProtocol(true)
                        .getReader(socket.getInputStream())
                        .getMessage();
            }
        }
        return null;
    }

    private static String ack(String code, String controlId) {
        return "MSH|^~\\&|HIS|HOSPITAL|CLINICEA|CLINIC|20260101||ACK|1|P|2.5\rMSA|" + code + "|" + controlId + "\r";
    }

    private static void frame(OutputStream out, String text) throws IOException {
        out.write(("\u000b" + text + "\u001c\r").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
