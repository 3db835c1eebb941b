/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Receives messages for a trial, with HAPI's server and its validation. It prints event and control id of each, and
 * responds AA.
 */
public final class PrintingReceiver implements ReceivingApplication<Message> {
    private PrintingReceiver() {}

    /**
     * Runs the receiver until the process is ended.
     *
     * @param arguments the port, 2575 by default
     */
    public static void main(String... arguments) throws InterruptedException {
        HapiContext hapi = new DefaultHapiContext();
        hapi.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        hapi.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        HL7Service server = hapi.newServer(arguments.length == 0 ? 2575 : Integer.parseInt(arguments[0]), false);
        server.registerApplication(new PrintingReceiver());
        server.startAndWait();
        new CountDownLatch(1).await();
    }

    @Override
    public boolean canProcess(Message message) {
        return true;
    }

    @Override
    public Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
        Terser terser = new Terser(message);
        System.out.println(terser.get("/MSH-9-1") + "^" + terser.get("/MSH-9-2") + " " + terser.get("/MSH-10"));
        try {
            return message.generateACK(AcknowledgmentCode.AA, null);
        } catch (IOException e) {
            throw new HL7Exception(e);
        }
    }
}
