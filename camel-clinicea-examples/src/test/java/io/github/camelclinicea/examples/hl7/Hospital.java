/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.message.SIU_S12;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Receives ADT and SIU with HAPI's server and its validation. It is strict: a record that it has cannot be added again,
 * and one that it lacks cannot be changed. A message whose control id it has accepted is accepted again without effect.
 */
final class Hospital implements AutoCloseable, ReceivingApplication<Message> {
    /** Holds a message as it came. */
    record Received(String event, String record, String controlId, String text, boolean repeated) {
        @Override
        public String toString() {
            return event + " " + record + " " + controlId + (repeated ? " repeated" : "");
        }
    }

    private final HapiContext hapi = new DefaultHapiContext(ValidationContextFactory.defaultValidation());
    private final HL7Service server;
    private final int port;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Map<String, Message> records = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private volatile Function<Received, AcknowledgmentCode> answer = message -> AcknowledgmentCode.AA;

    private Hospital(int port) throws InterruptedException {
        this.port = port;
        hapi.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        hapi.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        server = hapi.newServer(port, false);
        server.registerApplication(this);
        server.startAndWait();
    }

    static Hospital open() throws Exception {
        return new Hospital(freePort());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Responds to each message by this from now on. */
    void answer(Function<Received, AcknowledgmentCode> code) {
        answer = code;
    }

    /** Returns all messages in the order of their arrival, those with another response than AA among them. */
    List<Received> received() {
        return List.copyOf(received);
    }

    List<Received> received(String record) {
        return received.stream()
                .filter(message -> message.record().equals(record))
                .toList();
    }

    List<String> events(String record) {
        return received(record).stream().map(Received::event).toList();
    }

    /** Returns the last message of each record that was added and not deleted or cancelled. */
    Map<String, Message> records(String type) {
        Map<String, Message> found = new LinkedHashMap<>();
        records.forEach((record, message) -> {
            if (message instanceof SIU_S12 == type.equals("SIU")) {
                found.put(record, message);
            }
        });
        return found;
    }

    /** Returns what no sender may do. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    static String get(Message message, String path) {
        try {
            return Optional.ofNullable(new Terser(message).get(path)).orElse("");
        } catch (HL7Exception e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Override
    public boolean canProcess(Message message) {
        return true;
    }

    @Override
    public synchronized Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
        String event = get(message, "/MSH-9-2");
        String record = get(message, message instanceof SIU_S12 ? "/SCH-2-1" : "/PID-3-1");
        String controlId = get(message, "/MSH-10");
        String text = (String) metadata.get("raw-message");
        Received now = new Received(event, record, controlId, text, accepted.containsKey(controlId));
        received.add(now);
        AcknowledgmentCode code = answer.apply(now);
        if (code == AcknowledgmentCode.AA || code == AcknowledgmentCode.CA) {
            code = take(now, message) ? code : AcknowledgmentCode.AE;
        }
        try {
            return message.generateACK(code, null);
        } catch (IOException e) {
            throw new HL7Exception(e);
        }
    }

    private boolean take(Received message, Message parsed) {
        String before = accepted.putIfAbsent(message.controlId(), message.text());
        if (before != null) {
            if (!before.equals(message.text())) {
                wrong.add(message.event() + ": another message with a control id of before");
            }
            return true;
        }
        boolean adds = List.of("A04", "S12").contains(message.event());
        if (adds == records.containsKey(message.record())) {
            wrong.add(message.event() + " of a record that is " + (adds ? "there" : "not there"));
            accepted.remove(message.controlId());
            return false;
        }
        if (List.of("A29", "A23", "S15").contains(message.event())) {
            records.remove(message.record());
        } else {
            records.put(message.record(), parsed);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.stopAndWait();
        hapi.close();
    }

    /** Returns the control ids, in the order of their first arrival. */
    List<String> controlIds(String record) {
        List<String> ids = new ArrayList<>();
        received(record).stream()
                .map(Received::controlId)
                .filter(id -> !ids.contains(id))
                .forEach(ids::add);
        return ids;
    }
}
