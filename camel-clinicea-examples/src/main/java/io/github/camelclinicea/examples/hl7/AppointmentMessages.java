/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v25.datatype.PL;
import ca.uhn.hl7v2.model.v25.datatype.XCN;
import ca.uhn.hl7v2.model.v25.group.SIU_S12_RESOURCES;
import ca.uhn.hl7v2.model.v25.message.SIU_S12;
import ca.uhn.hl7v2.model.v25.segment.PID;
import ca.uhn.hl7v2.model.v25.segment.SCH;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes the message that tells the receiver of an appointment's change.
 *
 * <p>Specified by {@code AppointmentMessagesTest}.
 */
final class AppointmentMessages {
    private static final Map<String, String> REASONS = Map.of(
            "S12", "Booked",
            "S13", "Rescheduled",
            "S14", "Changed",
            "S15", "Cancelled");

    /** The zero GUID, and 0: Clinicea's ids of nobody. */
    private static final Pattern NOBODY = Pattern.compile("[0-]+");

    private final MessageWriter writer;
    private final PatientMessages patients;
    private final RowFields fields;
    private final CliniceaTimes times;
    private final Codes cancelled;
    private final Codes statuses;

    AppointmentMessages(MessageWriter writer, PatientMessages patients, RowFields fields, CliniceaTimes times) {
        this.writer = writer;
        this.patients = patients;
        this.fields = fields;
        this.times = times;
        this.cancelled = Codes.of(writer.property("hl7.cancelled"));
        this.statuses = Codes.of(writer.property("hl7.filler-status"));
    }

    /**
     * Makes the next message of an appointment.
     *
     * @param sent what the receiver has acknowledged
     * @return null if the receiver has this version, or does not have an appointment that is cancelled or deleted now
     * @throws IllegalArgumentException if the row has no start, or a value that HL7 cannot have
     */
    Outgoing next(Change change, Sent sent) {
        if (sent.has(change)) {
            return null;
        }
        boolean ended = change.deleted() || isCancelled(change.row());
        if (ended && !sent.isThere()) {
            return null;
        }
        // The row of a deleted appointment may have nothing but its id.
        String start = change.deleted() ? sent.start() : start(change.row(), ended ? sent.start() : null);
        String end = change.deleted() ? sent.end() : end(change.row());
        String patient = change.deleted() ? sent.patient() : patient(change);
        String event = event(ended, sent, start);
        String controlId = sent.controlId(change, event);
        try {
            String message = message(change, event, controlId, start, end, patient);
            return new Outgoing(
                    change.resource(), change.key(), event, change.version(), controlId, start, end, patient, message);
        } catch (HL7Exception e) {
            throw new IllegalArgumentException("The appointment has a value that HL7 cannot have");
        }
    }

    private String patient(Change change) {
        String id = id("appointment.patient", change);
        return id.isEmpty() ? null : id;
    }

    private static String event(boolean ended, Sent sent, String start) {
        if (ended) {
            return "S15";
        }
        if (!sent.isThere()) {
            return "S12";
        }
        return Objects.equals(start, sent.start()) ? "S14" : "S13";
    }

    private boolean isCancelled(Map<?, ?> row) {
        return moment("appointment.cancelled-at", row) != null || cancelled.has(fields.text("appointment.status", row));
    }

    private String start(Map<?, ?> row, String otherwise) {
        Instant start = moment("appointment.start", row);
        if (start != null) {
            return start.toString();
        }
        if (otherwise != null) {
            return otherwise;
        }
        throw new IllegalArgumentException("The row has no value for appointment.start, or one that was never set, in "
                + writer.property("hl7.fields"));
    }

    private Instant moment(String key, Map<?, ?> row) {
        return writer.moment(fields, times, key, row);
    }

    private String end(Map<?, ?> row) {
        Instant end = moment("appointment.end", row);
        return end == null ? null : end.toString();
    }

    private String message(Change change, String event, String controlId, String start, String end, String patient)
            throws HL7Exception {
        SIU_S12 siu = new SIU_S12();
        writer.header(siu.getMSH(), "SIU", event, "SIU_S12", controlId);
        SCH sch = siu.getSCH();
        String namespace = writer.property("hl7.authority");
        sch.getPlacerAppointmentID().getEntityIdentifier().setValue(change.id());
        sch.getPlacerAppointmentID().getNamespaceID().setValue(namespace);
        sch.getFillerAppointmentID().getEntityIdentifier().setValue(change.id());
        sch.getFillerAppointmentID().getNamespaceID().setValue(namespace);
        sch.getEventReason().getText().setValue(REASONS.get(event));
        sch.getFillerStatusCode().getIdentifier().setValue(status(change, event));
        schedule(sch, start, end);
        // SCH-16 and SCH-20 are required.
        staff(sch.getFillerContactPerson(0), change);
        staff(sch.getEnteredByPerson(0), change);
        if (patient != null) {
            PID pid = siu.getPATIENT().getPID();
            patients.identify(pid, patient, null);
            name(pid, change);
        }
        resources(siu.getRESOURCES(), change, event);
        return writer.encode(siu);
    }

    private String status(Change change, String event) {
        if (change.deleted()) {
            return "Deleted";
        }
        return event.equals("S15")
                ? "Cancelled"
                : statuses.of(fields.text("appointment.status", change.row()), "Booked");
    }

    private void schedule(SCH sch, String start, String end) throws DataTypeException {
        Instant from = Instant.parse(start);
        writer.time(sch.getAppointmentTimingQuantity(0).getStartDateTime(), from);
        if (end != null) {
            Instant to = Instant.parse(end);
            writer.time(sch.getAppointmentTimingQuantity(0).getEndDateTime(), to);
            sch.getAppointmentDuration()
                    .setValue(Long.toString(Duration.between(from, to).toMinutes()));
            sch.getAppointmentDurationUnits().getIdentifier().setValue("min");
        }
    }

    private void name(PID pid, Change change) throws DataTypeException {
        String name = change.deleted() ? "" : line("appointment.patient-name", change);
        if (name.isEmpty()) {
            // Not the null of HL7: the appointment does not say the patient's name.
            return;
        }
        pid.getPatientName(0).getFamilyName().getSurname().setValue(name);
        pid.getPatientName(0).getNameTypeCode().setValue("D");
    }

    private void staff(XCN person, Change change) throws DataTypeException {
        String id = change.deleted() ? "" : id("appointment.staff-id", change);
        String name = change.deleted() ? "" : line("appointment.staff-name", change);
        if (id.isEmpty() && name.isEmpty()) {
            person.getIDNumber().setValue(MessageWriter.REMOVED);
            return;
        }
        person.getIDNumber().setValue(id);
        person.getFamilyName().getSurname().setValue(name);
        person.getAssigningAuthority().getNamespaceID().setValue(writer.property("hl7.authority"));
        person.getNameTypeCode().setValue("D");
    }

    /** Sets service, location and staff, as far as the row has them. The action is A for add, U for update, D for delete. */
    private void resources(SIU_S12_RESOURCES resources, Change change, String event) throws DataTypeException {
        String action = event.equals("S12") ? "A" : event.equals("S15") ? "D" : "U";
        resources.getRGS().getSetIDRGS().setValue("1");
        resources.getRGS().getSegmentActionCode().setValue(action);
        if (change.deleted()) {
            return;
        }
        String service = line("appointment.service", change);
        if (!service.isEmpty()) {
            resources.getSERVICE().getAIS().getSetIDAIS().setValue("1");
            resources.getSERVICE().getAIS().getSegmentActionCode().setValue(action);
            resources
                    .getSERVICE()
                    .getAIS()
                    .getUniversalServiceIdentifier()
                    .getText()
                    .setValue(service);
        }
        String location = line("appointment.location-id", change);
        String locationName = line("appointment.location-name", change);
        if (!location.isEmpty() || !locationName.isEmpty()) {
            resources.getLOCATION_RESOURCE().getAIL().getSetIDAIL().setValue("1");
            resources.getLOCATION_RESOURCE().getAIL().getSegmentActionCode().setValue(action);
            PL place = resources.getLOCATION_RESOURCE().getAIL().getLocationResourceID(0);
            place.getFacility().getNamespaceID().setValue(location);
            place.getLocationDescription().setValue(locationName);
        }
        if (!id("appointment.staff-id", change).isEmpty()
                || !line("appointment.staff-name", change).isEmpty()) {
            resources.getPERSONNEL_RESOURCE().getAIP().getSetIDAIP().setValue("1");
            resources.getPERSONNEL_RESOURCE().getAIP().getSegmentActionCode().setValue(action);
            staff(resources.getPERSONNEL_RESOURCE().getAIP().getPersonnelResourceID(0), change);
        }
    }

    /** Returns an id, or an empty text for nobody. */
    private String id(String key, Change change) {
        String id = line(key, change);
        return NOBODY.matcher(id).matches() ? "" : id;
    }

    private String line(String key, Change change) {
        return PlainText.oneLine(fields.text(key, change.row()));
    }
}
