/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.llp.HL7Reader;
import ca.uhn.hl7v2.llp.HL7Writer;
import ca.uhn.hl7v2.llp.LowerLayerProtocol;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Sends results with HAPI's protocol classes, right ones and wrong ones, on one connection. */
final class Laboratory implements AutoCloseable {
    private final Socket socket;
    private final HL7Writer writer;
    private final HL7Reader reader;

    Laboratory(int port) throws Exception {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(30_000);
        LowerLayerProtocol protocol = new MinLowerLayerProtocol(true);
        writer = protocol.getWriter(socket.getOutputStream());
        reader = protocol.getReader(socket.getInputStream());
    }

    /** Sends a message and returns the response; null if the connection was closed. */
    String send(String message) throws Exception {
        writer.writeMessage(message);
        return reader.getMessage();
    }

    Socket socket() {
        return socket;
    }

    static byte[] pdf(String text) {
        return ("%PDF-1.7\n" + text + "\n%%EOF\n").getBytes(StandardCharsets.UTF_8);
    }

    static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    /** Returns a segment OBX with a PDF. */
    static String obx(int number, byte[] pdf) {
        return "OBX|" + number + "|ED|R" + number + "^Report " + number + "||^application^pdf^Base64^" + base64(pdf)
                + "||||||F";
    }

    /**
     * Returns an ORU^R01.
     *
     * @param identifiers PID-3
     */
    static String oru(String controlId, String identifiers, String... obx) {
        return "MSH|^~\\&|LAB|LABORATORY|CLINICEA|CLINIC|20260301093000||ORU^R01^ORU_R01|" + controlId + "|P|2.5\r"
                + "PID|1||" + identifiers + "||Sandbox^Testa\r"
                + "OBR|1|||CBC^Complete blood count|||20260228101500\r"
                + Arrays.stream(obx).map(segment -> segment + "\r").collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
