/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v25.datatype.CX;
import ca.uhn.hl7v2.model.v25.datatype.XAD;
import ca.uhn.hl7v2.model.v25.datatype.XPN;
import ca.uhn.hl7v2.model.v25.datatype.XTN;
import ca.uhn.hl7v2.model.v25.message.ADT_A01;
import ca.uhn.hl7v2.model.v25.message.ADT_A21;
import ca.uhn.hl7v2.model.v25.segment.EVN;
import ca.uhn.hl7v2.model.v25.segment.PID;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes the message that tells the receiver of a patient's change.
 *
 * <p>Specified by {@code PatientMessagesTest}.
 */
final class PatientMessages {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final MessageWriter writer;
    private final RowFields fields;
    private final CliniceaTimes times;
    private final Codes sexes;
    private final String deletion;

    /**
     * Creates it.
     *
     * @throws IllegalArgumentException if the property for a deletion is neither A29 nor A23
     */
    PatientMessages(MessageWriter writer, RowFields fields, CliniceaTimes times) {
        this.writer = writer;
        this.fields = fields;
        this.times = times;
        this.sexes = Codes.of(writer.property("hl7.sex"));
        this.deletion = writer.property("hl7.deleted-patient");
        if (!Sent.ends(deletion)) {
            throw new IllegalArgumentException("hl7.deleted-patient must be A29 or A23");
        }
    }

    /**
     * Makes the next message of a patient.
     *
     * @param sent what the receiver has acknowledged
     * @return null if the receiver has this version, or never had a patient who is deleted now
     * @throws IllegalArgumentException if the row has no name, or a value that HL7 cannot have
     */
    Outgoing next(Change change, Sent sent) {
        if (sent.has(change) || change.deleted() && !sent.isThere()) {
            return null;
        }
        String event = event(change, sent);
        String controlId = sent.controlId(change, event);
        try {
            return new Outgoing(
                    change.resource(),
                    change.key(),
                    event,
                    change.version(),
                    controlId,
                    null,
                    null,
                    null,
                    change.deleted() ? deleted(change, event, controlId) : present(change, event, controlId));
        } catch (HL7Exception e) {
            throw new IllegalArgumentException("The patient has a value that HL7 cannot have");
        }
    }

    private String event(Change change, Sent sent) {
        if (change.deleted()) {
            return deletion;
        }
        return sent.isThere() ? "A08" : "A04";
    }

    private String present(Change change, String event, String controlId) throws HL7Exception {
        ADT_A01 adt = new ADT_A01();
        writer.header(adt.getMSH(), "ADT", event, "ADT_A01", controlId);
        event(adt.getEVN(), event, change);
        identify(adt.getPID(), change.id(), fields.text("patient.file-number", change.row()));
        describe(adt.getPID(), change.row(), event.equals("A08") ? MessageWriter.REMOVED : "");
        adt.getPV1().getPatientClass().setValue(writer.property("hl7.patient-class"));
        return writer.encode(adt);
    }

    /** Makes a message from the id alone, because the row of a deleted patient may have nothing else. */
    private String deleted(Change change, String event, String controlId) throws HL7Exception {
        ADT_A21 adt = new ADT_A21();
        writer.header(adt.getMSH(), "ADT", event, "ADT_A21", controlId);
        event(adt.getEVN(), event, change);
        identify(adt.getPID(), change.id(), null);
        adt.getPID().getPatientName(0).getFamilyName().getSurname().setValue(MessageWriter.REMOVED);
        adt.getPV1().getPatientClass().setValue(writer.property("hl7.patient-class"));
        return writer.encode(adt);
    }

    private void event(EVN evn, String event, Change change) throws DataTypeException {
        evn.getEventTypeCode().setValue(event);
        writer.time(evn.getRecordedDateTime(), change.modified() == null ? Instant.now() : change.modified());
    }

    /**
     * Sets the identifiers of a patient.
     *
     * @param id the patient's id in Clinicea
     * @param fileNumber null if there is none
     */
    void identify(PID pid, String id, String fileNumber) throws DataTypeException {
        pid.getSetIDPID().setValue("1");
        identifier(pid.getPatientIdentifierList(0), id, writer.property("hl7.authority"), "PI");
        if (fileNumber != null) {
            identifier(
                    pid.getPatientIdentifierList(1),
                    PlainText.oneLine(fileNumber),
                    writer.property("hl7.file-number-authority"),
                    "MR");
        }
    }

    private static void identifier(CX identifier, String id, String authority, String type) throws DataTypeException {
        identifier.getIDNumber().setValue(id);
        identifier.getAssigningAuthority().getNamespaceID().setValue(authority);
        identifier.getIdentifierTypeCode().setValue(type);
    }

    /**
     * Sets the demographic fields.
     *
     * @param absent what a field without a value gets
     */
    private void describe(PID pid, Map<?, ?> row, String absent) throws DataTypeException {
        name(pid.getPatientName(0), row);
        String born = born(row);
        pid.getDateTimeOfBirth().getTime().setValue(born == null ? absent : born);
        String sex = fields.text("patient.sex", row);
        pid.getAdministrativeSex().setValue(sexes.of(sex, "U"));
        address(pid.getPatientAddress(0), row, absent);
        contacts(pid, row, absent);
    }

    private void name(XPN name, Map<?, ?> row) throws DataTypeException {
        String first = line("patient.first-name", row);
        String last = line("patient.last-name", row);
        if (first.isEmpty() && last.isEmpty()) {
            name.getFamilyName().getSurname().setValue(PlainText.oneLine(fields.required("patient.name", row)));
            name.getNameTypeCode().setValue("D");
            return;
        }
        name.getFamilyName().getSurname().setValue(last);
        name.getGivenName().setValue(first);
        name.getSecondAndFurtherGivenNamesOrInitialsThereof().setValue(line("patient.middle-name", row));
        name.getNameTypeCode().setValue("L");
    }

    /** Returns the date of birth in HL7's form; null if it was never set. An offset does not move the date. */
    private String born(Map<?, ?> row) {
        String text = fields.text("patient.born", row);
        Instant born = writer.moment(fields, times, "patient.born", row);
        if (born == null) {
            return null;
        }
        return DATE.matcher(text).lookingAt()
                ? text.substring(0, 10).replace("-", "")
                : DateTimeFormatter.BASIC_ISO_DATE.format(
                        born.atZone(times.zone()).toLocalDate());
    }

    private void address(XAD address, Map<?, ?> row, String absent) throws DataTypeException {
        address.getStreetAddress().getStreetOrMailingAddress().setValue(line("patient.street", row));
        address.getOtherDesignation().setValue(line("patient.street-2", row));
        address.getCity().setValue(line("patient.city", row));
        address.getStateOrProvince().setValue(line("patient.state", row));
        address.getZipOrPostalCode().setValue(line("patient.postal-code", row));
        if (isEmpty(address)) {
            address.getStreetAddress().getStreetOrMailingAddress().setValue(absent);
        } else {
            address.getAddressType().setValue("H");
        }
    }

    private void contacts(PID pid, Map<?, ?> row, String absent) throws DataTypeException {
        int count = 0;
        String mobile = line("patient.mobile", row);
        String phone = line("patient.phone", row);
        String email = line("patient.email", row);
        if (!mobile.isEmpty()) {
            telephone(pid.getPhoneNumberHome(count++), mobile, "CP");
        }
        if (!phone.isEmpty()) {
            telephone(pid.getPhoneNumberHome(count++), phone, "PH");
        }
        if (!email.isEmpty()) {
            XTN contact = pid.getPhoneNumberHome(count++);
            contact.getTelecommunicationUseCode().setValue("NET");
            contact.getTelecommunicationEquipmentType().setValue("Internet");
            contact.getEmailAddress().setValue(email);
        }
        if (count == 0) {
            pid.getPhoneNumberHome(0).getTelephoneNumber().setValue(absent);
        }
    }

    private static void telephone(XTN contact, String number, String equipment) throws DataTypeException {
        // XTN-1 is the place before version 2.5, XTN-12 since then.
        contact.getTelephoneNumber().setValue(number);
        contact.getTelecommunicationUseCode().setValue("PRN");
        contact.getTelecommunicationEquipmentType().setValue(equipment);
        contact.getUnformattedTelephoneNumber().setValue(number);
    }

    private static boolean isEmpty(XAD address) {
        try {
            return address.isEmpty();
        } catch (HL7Exception e) {
            throw new IllegalStateException("an address cannot be read");
        }
    }

    private String line(String key, Map<?, ?> row) {
        return PlainText.oneLine(fields.text(key, row));
    }
}
