/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v25.datatype.HD;
import ca.uhn.hl7v2.model.v25.message.ACK;
import ca.uhn.hl7v2.model.v25.segment.MSH;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.preparser.PreParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.camel.component.hl7.HL7Charset;

/**
 * Holds a received message as text, with what its header says. Everything may be wrong in it, and there is a response
 * anyway.
 *
 * <p>Specified by {@code ReceivedMessageTest}.
 *
 * @param text the message
 * @param header the values of {@link #PATHS}, an empty text for each that is missing
 */
record ReceivedMessage(String text, String[] header) {
    private static final String[] PATHS = {
        "MSH-3-1",
        "MSH-3-2",
        "MSH-3-3",
        "MSH-4-1",
        "MSH-4-2",
        "MSH-4-3",
        "MSH-5-1",
        "MSH-5-2",
        "MSH-5-3",
        "MSH-6-1",
        "MSH-6-2",
        "MSH-6-3",
        "MSH-9-1",
        "MSH-9-2",
        "MSH-10",
        "MSH-11-1",
        "MSH-12-1",
        "MSH-18"
    };
    private static final int CONTROL_ID = 20;
    /** HAPI writes no code that is longer. */
    private static final int LONGEST_CODE = 200;

    /**
     * Reads the header of a message, and its text in the charset of MSH-18. Without MSH-18, it is UTF-8 if the bytes
     * are, or else ISO 8859-1.
     *
     * @param bytes the message, without the frame of MLLP
     */
    static ReceivedMessage of(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        String text = decode(bytes, header(latin)[PATHS.length - 1]);
        return new ReceivedMessage(text, header(text));
    }

    private static String decode(byte[] bytes, String name) {
        try {
            Charset charset = charset(name);
            return charset != null
                    ? new String(bytes, charset)
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static Charset charset(String name) {
        if (name.startsWith("8859/")) {
            return Charset.forName("ISO-8859-" + name.substring(5));
        }
        HL7Charset known = HL7Charset.getHL7Charset(name);
        return known == null ? null : Charset.forName(known.getJavaCharsetName());
    }

    private static String[] header(String text) {
        int end = text.indexOf('\r');
        String msh = end < 0 ? text : text.substring(0, end);
        try {
            EncodingCharacters characters = new EncodingCharacters(msh.charAt(3), msh.substring(4, 8));
            // PreParser reads no header without MSH-12.
            String whole = msh + String.valueOf(msh.charAt(3)).repeat(12);
            return Arrays.stream(PreParser.getFields(whole, PATHS))
                    .map(field -> field == null ? "" : PlainText.oneLine(new PlainText().unescape(field, characters)))
                    .toArray(String[]::new);
        } catch (HL7Exception | RuntimeException e) {
            // Not reported: it may quote the message. Without a header, the message is refused.
            return Arrays.stream(PATHS).map(path -> "").toArray(String[]::new);
        }
    }

    private String get(String path) {
        return header[Arrays.asList(PATHS).indexOf(path)];
    }

    String type() {
        return get("MSH-9-1");
    }

    String event() {
        return get("MSH-9-2");
    }

    String controlId() {
        return get("MSH-10");
    }

    String processingId() {
        return get("MSH-11-1");
    }

    String version() {
        return get("MSH-12-1");
    }

    /** Returns application and facility of the sender, which give out the control ids. */
    String sender() {
        return String.join("|", Arrays.copyOf(header, 6));
    }

    /**
     * Returns the acknowledgement of this message.
     *
     * @param code MSA-1
     * @param error the error, or null
     * @param text MSA-3, without content of the message
     */
    String answer(MessageWriter writer, AcknowledgmentCode code, ErrorCode error, String text) {
        try {
            ACK ack = new ACK();
            MSH msh = ack.getMSH();
            String id = UUID.randomUUID().toString().replace("-", "").substring(0, CONTROL_ID);
            // HAPI cannot write a message without an event.
            writer.header(msh, "ACK", event().isEmpty() ? "R01" : code(event()), "ACK", id);
            copy(msh.getSendingApplication(), "MSH-5");
            copy(msh.getSendingFacility(), "MSH-6");
            copy(msh.getReceivingApplication(), "MSH-3");
            copy(msh.getReceivingFacility(), "MSH-4");
            if (!version().isEmpty()) {
                msh.getVersionID().getVersionID().setValue(code(version()));
            }
            ack.getMSA().getAcknowledgmentCode().setValue(code.name());
            ack.getMSA().getMessageControlID().setValue(controlId());
            ack.getMSA().getTextMessage().setValue(text);
            if (error != null) {
                ack.getERR().getHL7ErrorCode().getIdentifier().setValue(Integer.toString(error.getCode()));
                ack.getERR().getHL7ErrorCode().getText().setValue(error.getMessage());
                ack.getERR().getHL7ErrorCode().getNameOfCodingSystem().setValue("HL70357");
                ack.getERR().getSeverity().setValue("E");
                ack.getERR().getUserMessage().setValue(text);
            }
            return writer.encode(ack);
        } catch (HL7Exception e) {
            throw new IllegalStateException("An acknowledgement cannot be written");
        }
    }

    private void copy(HD field, String path) throws DataTypeException {
        field.getNamespaceID().setValue(code(get(path + "-1")));
        field.getUniversalID().setValue(get(path + "-2"));
        field.getUniversalIDType().setValue(code(get(path + "-3")));
    }

    private static String code(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_CODE));
    }

    /** Returns no content of the message. */
    @Override
    public String toString() {
        return "a received message";
    }
}
