/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Invents appointments, visits, documents, prescriptions and services.
 *
 * <p>Specified by {@code ClinicTest} and {@code LookUpTest}.
 */
final class InventedCare {
    static final int CLINICS = 3;

    private static final int STAFF = 8;
    private static final List<String> SERVICES =
            List.of("Consultation", "Follow-up", "Check-up", "Massage (Größe L)", "Café-au-lait screening", "X-ray");
    private static final List<String> CASESHEETS = List.of("General", "Dental", "Dermatology");
    private static final List<String> DRUGS = List.of("Placebonol", "Inventamin", "Fictozol");
    private static final int SLOT_MINUTES = 15;

    private InventedCare() {}

    /** Returns the id of a clinic, the same for every seed. */
    static String clinicId(int clinic) {
        return new Dice(clinic).guid();
    }

    static String clinicName(int clinic) {
        return "Sandbox Clinic " + "ÄBC".charAt(clinic - 1);
    }

    static void appointment(Map<String, Object> row, Dice dice, Seed seed, Instant around) {
        int patient = seed.somePatient(dice);
        int clinic = dice.number(1, CLINICS);
        int staff = dice.number(1, STAFF);
        LocalDateTime start = slot(dice, around);
        String name = InventedPeople.patientName(patient);
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", name);
        row.put("StartDateTime", Fields.stamp(start.toInstant(ZoneOffset.UTC)));
        row.put("EndDateTime", Fields.stamp(start.plusMinutes(30).toInstant(ZoneOffset.UTC)));
        row.put("StaffID", staffId(staff));
        row.put("StaffName", staffName(staff));
        row.put("ClinicID", clinicId(clinic));
        row.put("ClinicName", clinicName(clinic));
        row.put("ServiceType", dice.pick(SERVICES));
        row.put("AppointmentServiceID", dice.guid());
        row.put("AppointmentType", dice.number(0, 3));
        row.put("AppointmentStatus", dice.number(0, 5));
        row.put("IsConfirmed", dice.bit(60));
        row.put("IsOnline", dice.chance(20));
        row.put("CheckedInDatetime", dice.chance(50) ? Fields.UNSET_DATE : row.get("StartDateTime"));
        row.put("CancelledDatetime", Fields.UNSET_DATE);
        row.put("CancelReason", null);
    }

    static void visit(Map<String, Object> row, Dice dice, Seed seed, int number, Instant around) {
        int patient = seed.somePatient(dice);
        String sheet = dice.pick(CASESHEETS);
        row.put("EncounterID", number);
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", InventedPeople.patientName(patient));
        row.put("EncounterDatetime", Fields.stamp(around));
        row.put("ServiceName", dice.pick(SERVICES));
        row.put("StaffName", staffName(dice.number(1, STAFF)));
        row.put("CasesheetName", sheet);
        row.put("EncounterXML", encounterXml(sheet, "Complaint", "none, being invented"));
        row.put("IsLocked", dice.bit(50));
    }

    /** Returns the XML that a field of a visit carries, with one item of one sheet. */
    static String encounterXml(String sheet, String question, String value) {
        return "<encounter><sheet name=\"" + escape(sheet) + "\"><item name=\"" + escape(question) + "\">"
                + escape(value) + "</item></sheet></encounter>";
    }

    static void document(Map<String, Object> row, Dice dice, Seed seed, int number, Instant around) {
        int patient = seed.somePatient(dice);
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("DocumentName", "Résumé " + number + ".pdf");
        row.put("DocumentCategory", dice.chance(50) ? "Lab" : null);
        row.put("DocumentDatetime", Fields.stamp(around));
        row.put("DocumentOnlineName", row.get("ID") + ".pdf");
        row.put("FKType", 1);
        row.put("FKID", null);
        row.put("SizeBytes", dice.number(1_000, 90_000));
    }

    static void prescription(Map<String, Object> row, Dice dice, Seed seed, Instant around) {
        int patient = seed.somePatient(dice);
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", InventedPeople.patientName(patient));
        row.put("RxDatetime", Fields.stamp(around));
        row.put("RxStatus", dice.number(0, 2));
        row.put("StaffName", staffName(dice.number(1, STAFF)));
        row.put("Drugs", List.of(Map.of("Name", dice.pick(DRUGS), "Days", dice.number(1, 14))));
        row.put("IsPrinted", dice.chance(50));
    }

    static void service(Map<String, Object> row, Dice dice, int number) {
        int clinic = 1 + number % CLINICS;
        row.put("ClinicID", clinicId(clinic));
        row.put("ClinicName", clinicName(clinic));
        row.put("Name", dice.pick(SERVICES) + " " + number);
        row.put("ServiceCategory", dice.pick(List.of("Medical", "Wellness")));
        row.put("ServiceType", dice.pick(List.of("Single", "Package")));
        row.put("DurationMinutes", SLOT_MINUTES * dice.number(1, 6));
        row.put("Price", dice.money(300));
        row.put("IsActive", dice.bit(90));
    }

    /** Returns the time of an appointment, in the clinic's local time, without a zone. It may be in the future. */
    private static LocalDateTime slot(Dice dice, Instant around) {
        LocalDate day = around.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(dice.number(1, 60));
        return day.atTime(9, 0).plus((long) SLOT_MINUTES * dice.number(0, 34), ChronoUnit.MINUTES);
    }

    private static String staffId(int staff) {
        return new Dice(100L + staff).guid();
    }

    private static String staffName(int staff) {
        return "Staff Sandbox-0" + staff;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
