/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.datatype.TS;
import ca.uhn.hl7v2.model.v25.segment.MSH;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * Writes the headers of messages and encodes them, with HAPI's validation.
 *
 * <p>Specified by {@code PatientMessagesTest} and {@code AppointmentMessagesTest}.
 */
final class MessageWriter {
    /** The explicit null of HL7: the receiver is to remove the value. An empty field lets it keep the value. */
    static final String REMOVED = "\"\"";

    /** The charset of all messages, as in MSH-18. The codec of the routes has the same one. */
    static final String CHARSET = "UNICODE UTF-8";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx", Locale.ROOT);

    private final CamelContext properties;
    private final ZoneId zone;
    private final HapiContext hapi;

    /**
     * Creates a writer.
     *
     * @param properties the context with the properties {@code hl7.…}
     * @param zone the zone of the clinic, which the times of messages are in
     */
    MessageWriter(CamelContext properties, ZoneId zone) {
        this.properties = properties;
        this.zone = zone;
        this.hapi = new DefaultHapiContext(ValidationContextFactory.defaultValidation());
        hapi.getParserConfiguration().setEscaping(new PlainText());
    }

    /** Returns the value of a property. */
    String property(String name) {
        return properties.resolvePropertyPlaceholders("{{" + name + "}}");
    }

    /**
     * Fills the header of a message.
     *
     * @param type the type of the message, such as ADT
     * @param event the event, such as A04
     * @param structure the structure, such as ADT_A01
     */
    void header(MSH msh, String type, String event, String structure, String controlId) throws DataTypeException {
        msh.getFieldSeparator().setValue("|");
        msh.getEncodingCharacters().setValue("^~\\&");
        msh.getSendingApplication().getNamespaceID().setValue(property("hl7.sending-application"));
        msh.getSendingFacility().getNamespaceID().setValue(property("hl7.sending-facility"));
        msh.getReceivingApplication().getNamespaceID().setValue(property("hl7.receiving-application"));
        msh.getReceivingFacility().getNamespaceID().setValue(property("hl7.receiving-facility"));
        time(msh.getDateTimeOfMessage(), Instant.now());
        msh.getMessageType().getMessageCode().setValue(type);
        msh.getMessageType().getTriggerEvent().setValue(event);
        msh.getMessageType().getMessageStructure().setValue(structure);
        msh.getMessageControlID().setValue(controlId);
        msh.getProcessingID().getProcessingID().setValue(property("hl7.processing-id"));
        msh.getVersionID().getVersionID().setValue("2.5");
        msh.getCharacterSet(0).setValue(CHARSET);
    }

    /**
     * Sets a time, with the offset that the clinic has then.
     *
     * @param moment null leaves the field empty
     */
    void time(TS field, Instant moment) throws DataTypeException {
        if (moment != null) {
            field.getTime().setValue(TIME.format(moment.atZone(zone)));
        }
    }

    /**
     * Returns a time of a row.
     *
     * @return null if it was never set
     * @throws IllegalArgumentException if it is none; the message names the line of the mapping file, not the value
     */
    Instant moment(RowFields fields, CliniceaTimes times, String key, Map<?, ?> row) {
        String text = fields.text(key, row);
        try {
            return times.instant(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "The row's value for " + key + " is no time; the line is in " + property("hl7.fields"));
        }
    }

    /**
     * Encodes a message.
     *
     * @return its text, with a carriage return after each segment
     * @throws IllegalArgumentException if it breaks a rule of HL7; without the cause, because that quotes the value
     */
    String encode(Message message) {
        try {
            return hapi.getPipeParser().encode(message);
        } catch (HL7Exception e) {
            throw new IllegalArgumentException("The row makes no valid message of HL7");
        }
    }
}
