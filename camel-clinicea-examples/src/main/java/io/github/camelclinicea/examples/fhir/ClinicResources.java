/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Invoice.InvoicePriceComponentType;
import org.hl7.fhir.r4.model.Invoice.InvoiceStatus;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.codesystems.V3ActCode;

/**
 * Makes resources of FHIR R4 from rows, and withdraws those of deleted records. A value that FHIR cannot hold fails the
 * row. No message quotes a value of a row.
 */
final class ClinicResources {
    private static final String DATA_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    /** The codes of the value set that R4 binds to the class of an encounter. */
    private static final Set<String> ENCOUNTER_CLASSES =
            Set.of("AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR");

    /** FHIR demands a start of all other appointments. */
    private static final Set<AppointmentStatus> WITHOUT_START =
            Set.of(AppointmentStatus.CANCELLED, AppointmentStatus.PROPOSED);

    private static final Pattern MIDNIGHT =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[T ]00:00(?::00(?:\\.0+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?");
    /** FHIR asks of servers to keep so many. */
    private static final int MOST_DIGITS = 18;

    private static final int LAST_YEAR = 9999;

    private final RowFields fields;
    private final String file;
    private final FhirIdentifiers identifiers;
    private final FhirCodes codes;
    private final CliniceaTimes times;
    private final Coding encounterClass;
    private final Duration lengthOfAppointments;
    private final String currency;

    /**
     * Creates the mapping from the properties of a context.
     *
     * @throws IllegalArgumentException if one of them is wrong
     */
    ClinicResources(CamelContext context) {
        file = context.resolvePropertyPlaceholders("{{fhir.fields}}");
        fields = RowFields.load(context, file);
        identifiers = new FhirIdentifiers(context.resolvePropertyPlaceholders("{{fhir.identifier-system}}"));
        codes = new FhirCodes(context);
        times = new CliniceaTimes(context.resolvePropertyPlaceholders("{{clinic.zone}}"));
        encounterClass = codes.required("fhir.encounter-class", ClinicResources::encounterClass);
        lengthOfAppointments = codes.required(
                "fhir.appointment-minutes", minutes -> Duration.ofMinutes(Integer.parseUnsignedInt(minutes)));
        currency = context.resolvePropertyPlaceholders("{{fhir.currency:}}");
        if (!currency.isEmpty() && !isCurrency(currency)) {
            throw new IllegalArgumentException("fhir.currency must be a code of ISO 4217, not " + currency);
        }
    }

    private static Coding encounterClass(String code) {
        V3ActCode known = ENCOUNTER_CLASSES.contains(code) ? V3ActCode.fromCode(code) : null;
        return known == null ? null : new Coding(known.getSystem(), known.toCode(), known.getDisplay());
    }

    FhirIdentifiers identifiers() {
        return identifiers;
    }

    /** Returns the id of the bill that a row of deletedBills stands for. */
    String deletedBill(Map<?, ?> row) {
        return fields.required("deleted-bill.id", row);
    }

    /**
     * Returns the resource for a row.
     *
     * @param type the type of the resource
     * @param id the id of the record
     * @param row its row
     * @throws IllegalArgumentException if FHIR cannot hold a value, or one is missing
     */
    DomainResource resource(String type, String id, Map<?, ?> row) {
        return switch (type) {
            case "Patient" -> patient(id, row);
            case "Appointment" -> appointment(id, row);
            case "Encounter" -> encounter(id, row);
            case "Invoice" -> invoice(id, row);
            default -> throw unknown(type);
        };
    }

    private static IllegalArgumentException unknown(String type) {
        return new IllegalArgumentException("No record of the clinic becomes a " + type);
    }

    private Patient patient(String id, Map<?, ?> row) {
        Patient patient = new Patient();
        patient.addIdentifier(identifiers.identifier(id));
        patient.setActive(isActive(row));
        HumanName name = new HumanName().setText(optional("patient.name", row)).setFamily(text("patient.family", row));
        present(text("patient.given", row), optional("patient.middle", row)).forEach(name::addGiven);
        present(optional("patient.title", row)).forEach(name::addPrefix);
        if (!name.isEmpty()) {
            patient.addName(name);
        }
        String gender = text("patient.gender", row);
        if (gender != null) {
            patient.setGender(codes.code("fhir.gender", gender, AdministrativeGender::fromCode));
        }
        patient.setBirthDateElement(date("patient.birth-date", row));
        telecom(patient, row);
        Address address = new Address()
                .setCity(text("patient.city", row))
                .setState(optional("patient.state", row))
                .setPostalCode(optional("patient.post-code", row))
                .setCountry(optional("patient.country", row));
        present(text("patient.address-1", row), optional("patient.address-2", row), optional("patient.locality", row))
                .forEach(address::addLine);
        if (!address.isEmpty()) {
            patient.addAddress(address);
        }
        return patient;
    }

    /** Tells whether a patient is active, by one of two flags. One of them must be in the row. */
    private boolean isActive(Map<?, ?> row) {
        if (fields.isIn("patient.inactive", row)) {
            return !fields.flag("patient.inactive", row);
        }
        return fields.text("patient.active", row) == null || fields.flag("patient.active", row);
    }

    private void telecom(Patient patient, Map<?, ?> row) {
        String mobile = text("patient.mobile", row);
        if (mobile != null) {
            String country = optional("patient.country-code", row);
            boolean isWhole = country == null || mobile.startsWith("+") || mobile.startsWith("00");
            patient.addTelecom()
                    .setSystem(ContactPointSystem.PHONE)
                    .setUse(ContactPointUse.MOBILE)
                    .setValue(isWhole ? mobile : country + " " + mobile);
        }
        present(optional("patient.phone", row))
                .forEach(phone -> patient.addTelecom()
                        .setSystem(ContactPointSystem.PHONE)
                        .setUse(ContactPointUse.HOME)
                        .setValue(phone));
        present(text("patient.email", row))
                .forEach(email ->
                        patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue(email));
    }

    private Appointment appointment(String id, Map<?, ?> row) {
        Appointment appointment = new Appointment();
        appointment.addIdentifier(identifiers.identifier(id));
        AppointmentStatus status = codes.code(
                "fhir.appointment-status", fields.required("appointment.status", row), AppointmentStatus::fromCode);
        Instant cancelled = fields.isIn("appointment.cancelled", row) ? moment("appointment.cancelled", row) : null;
        appointment.setStatus(cancelled == null ? status : AppointmentStatus.CANCELLED);
        present(optional("appointment.service", row))
                .forEach(service -> appointment.addServiceType(new CodeableConcept().setText(service)));
        Instant start = moment("appointment.start", row);
        if (start != null) {
            period(appointment, start, row);
        } else if (!WITHOUT_START.contains(appointment.getStatus())) {
            throw wrong("appointment.start", "is not set");
        }
        participant(appointment, text("appointment.patient", row));
        String staffName = optional("appointment.staff-name", row);
        Reference staff = identifiers.reference("Practitioner", optional("appointment.staff", row));
        if (staff == null && staffName != null) {
            staff = new Reference().setType("Practitioner");
        }
        if (staff != null) {
            appointment.addParticipant().setActor(staff.setDisplay(staffName)).setStatus(ParticipationStatus.ACCEPTED);
        }
        return appointment;
    }

    private void period(Appointment appointment, Instant start, Map<?, ?> row) {
        Instant end = moment("appointment.end", row);
        if (end == null) {
            end = start.plus(lengthOfAppointments);
        }
        if (end.isBefore(start)) {
            throw wrong("appointment.end", "is before the start");
        }
        appointment.setStartElement(instant(start)).setEndElement(instant(end));
    }

    /** Adds the patient. FHIR wants a participant, also where Clinicea has none: an appointment of a new person. */
    private void participant(Appointment appointment, String patientId) {
        Reference patient = identifiers.reference("Patient", patientId);
        if (patient == null) {
            patient = new Reference().setType("Patient").setDisplay("unknown");
            patient.addExtension(DATA_ABSENT_REASON, new CodeType("unknown"));
        }
        appointment.addParticipant().setActor(patient).setStatus(ParticipationStatus.ACCEPTED);
    }

    private Encounter encounter(String id, Map<?, ?> row) {
        Encounter encounter = new Encounter();
        encounter.addIdentifier(identifiers.identifier(id));
        encounter.setStatus(
                codes.code("fhir.encounter-status", fields.required("visit.status", row), EncounterStatus::fromCode));
        encounter.setClass_(encounterClass);
        present(optional("visit.service", row))
                .forEach(service -> encounter.addType(new CodeableConcept().setText(service)));
        encounter.setSubject(identifiers.reference("Patient", text("visit.patient", row)));
        Instant start = moment("visit.start", row);
        if (start == null) {
            throw wrong("visit.start", "is not set");
        }
        encounter.getPeriod().setStartElement(dateTime(start));
        present(optional("visit.staff-name", row))
                .forEach(staff -> encounter
                        .addParticipant()
                        .setIndividual(new Reference().setType("Practitioner").setDisplay(staff)));
        return encounter;
    }

    private Invoice invoice(String id, Map<?, ?> row) {
        Invoice invoice = new Invoice();
        invoice.addIdentifier(identifiers.identifier(id));
        invoice.setStatus(
                codes.code("fhir.invoice-status", fields.required("bill.status", row), InvoiceStatus::fromCode));
        invoice.setSubject(identifiers.reference("Patient", text("bill.patient", row)));
        Instant date = moment("bill.date", row);
        if (date != null) {
            invoice.setDateElement(dateTime(date));
        }
        String billed = currency(row);
        BigDecimal gross = requiredAmount("bill.total", row);
        BigDecimal tax = amount("bill.tax", row);
        invoice.setTotalGross(money(gross, billed));
        invoice.setTotalNet(money(tax == null ? gross : gross.subtract(tax), billed));
        Object items = fields.value("bill.items", row);
        if (items != null && !(items instanceof List)) {
            throw wrong("bill.items", "is not a list");
        }
        if (items instanceof List<?> list) {
            list.forEach(item -> lineItem(invoice, item, billed));
        }
        return invoice;
    }

    private void lineItem(Invoice invoice, Object item, String billed) {
        if (!(item instanceof Map<?, ?> line)) {
            throw wrong("bill.items", "has an item that is not an object");
        }
        String name = text("item.name", line);
        if (name == null) {
            throw wrong("item.name", "is not set");
        }
        BigDecimal quantity = requiredAmount("item.quantity", line);
        BigDecimal price = requiredAmount("item.price", line);
        invoice.addLineItem()
                .setSequence(invoice.getLineItem().size())
                .setChargeItem(new CodeableConcept().setText(name))
                .addPriceComponent()
                .setType(InvoicePriceComponentType.BASE)
                .setFactor(quantity)
                .setAmount(money(quantity.multiply(price), billed));
    }

    private String currency(Map<?, ?> row) {
        String code = optional("bill.currency", row);
        if (code == null) {
            if (currency.isEmpty()) {
                throw wrong("bill.currency", "is not set, and neither is the property fhir.currency");
            }
            return currency;
        }
        String upper = code.toUpperCase(Locale.ROOT);
        if (!isCurrency(upper)) {
            throw wrong("bill.currency", "is not a code of ISO 4217");
        }
        return upper;
    }

    private static boolean isCurrency(String code) {
        try {
            return Currency.getInstance(code) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Withdraws the resource of a deleted record and keeps all else that the server has.
     *
     * @param existing the resource on the server, which is changed, or null if there is none
     * @param type its type
     * @param id the id of the record
     * @param row the row of the deleted record, perhaps with an id only
     * @return the resource to write, or null if it is withdrawn already
     */
    DomainResource withdrawn(DomainResource existing, String type, String id, Map<?, ?> row) {
        if (existing != null && isWithdrawn(existing)) {
            return null;
        }
        DomainResource resource = existing == null ? minimal(type, id, row) : existing;
        if (resource instanceof Patient patient) {
            patient.setActive(false);
        } else if (resource instanceof Appointment appointment) {
            appointment.setStatus(AppointmentStatus.CANCELLED);
        } else if (resource instanceof Encounter encounter) {
            encounter.setStatus(EncounterStatus.ENTEREDINERROR);
        } else if (resource instanceof Invoice invoice) {
            invoice.setStatus(InvoiceStatus.ENTEREDINERROR);
        }
        return resource;
    }

    /** Tells whether a resource, or null, is that of a deleted bill. No other list may bring one back. */
    static boolean isDeletedBill(DomainResource resource) {
        return resource instanceof Invoice && isWithdrawn(resource);
    }

    private static boolean isWithdrawn(DomainResource resource) {
        return resource instanceof Patient patient && patient.hasActive() && !patient.getActive()
                || resource instanceof Appointment appointment && appointment.getStatus() == AppointmentStatus.CANCELLED
                || resource instanceof Encounter encounter && encounter.getStatus() == EncounterStatus.ENTEREDINERROR
                || resource instanceof Invoice invoice && invoice.getStatus() == InvoiceStatus.ENTEREDINERROR;
    }

    /** Returns as much of a resource as FHIR demands, with the patient if the row has one. */
    private DomainResource minimal(String type, String id, Map<?, ?> row) {
        return switch (type) {
            case "Patient" -> new Patient().addIdentifier(identifiers.identifier(id));
            case "Appointment" -> {
                Appointment appointment = new Appointment().addIdentifier(identifiers.identifier(id));
                participant(appointment, optional("appointment.patient", row));
                yield appointment;
            }
            case "Encounter" ->
                new Encounter()
                        .addIdentifier(identifiers.identifier(id))
                        .setClass_(encounterClass)
                        .setSubject(identifiers.reference("Patient", optional("visit.patient", row)));
            case "Invoice" ->
                new Invoice()
                        .addIdentifier(identifiers.identifier(id))
                        .setSubject(identifiers.reference("Patient", optional("bill.patient", row)));
            default -> throw unknown(type);
        };
    }

    /** Returns a text, or null. The row must have a field for it. */
    private String text(String key, Map<?, ?> row) {
        return FhirText.clean(fields.text(key, row));
    }

    /** Returns a text, or null. The row need not have a field for it. */
    private String optional(String key, Map<?, ?> row) {
        return fields.isIn(key, row) ? text(key, row) : null;
    }

    private static Stream<String> present(String... texts) {
        return Stream.of(texts).filter(Objects::nonNull);
    }

    private BigDecimal amount(String key, Map<?, ?> row) {
        BigDecimal amount = fields.isIn(key, row) ? fields.amount(key, row) : null;
        if (amount != null && (amount.precision() > MOST_DIGITS || Math.abs(amount.scale()) > MOST_DIGITS)) {
            throw wrong(key, "has more than " + MOST_DIGITS + " digits");
        }
        return amount;
    }

    private BigDecimal requiredAmount(String key, Map<?, ?> row) {
        fields.required(key, row);
        return amount(key, row);
    }

    private static Money money(BigDecimal value, String currency) {
        return new Money().setValue(value).setCurrency(currency);
    }

    private Instant moment(String key, Map<?, ?> row) {
        String text = fields.text(key, row);
        Instant moment;
        try {
            moment = times.instant(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(key, "is not a time");
        }
        if (moment != null && isOutside(moment.atOffset(ZoneOffset.UTC).getYear())) {
            throw wrong(key, "is not a time of this calendar");
        }
        return moment;
    }

    private static boolean isOutside(int year) {
        return year < 1 || year >= LAST_YEAR;
    }

    private InstantType instant(Instant moment) {
        return new InstantType(Date.from(moment), TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone(times.zone()));
    }

    private DateTimeType dateTime(Instant moment) {
        return new DateTimeType(Date.from(moment), TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone(times.zone()));
    }

    /** Returns a day. A midnight stands for the day that is written, in every zone. */
    private DateType date(String key, Map<?, ?> row) {
        String text = fields.text(key, row);
        if (text == null || CliniceaTimes.isUnset(text)) {
            return null;
        }
        LocalDate day;
        try {
            Matcher midnight = MIDNIGHT.matcher(text);
            day = midnight.matches()
                    ? LocalDate.parse(midnight.group(1))
                    : times.zoned(text).toLocalDate();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(key, "is not a day");
        }
        if (isOutside(day.getYear())) {
            throw wrong(key, "is not a day of this calendar");
        }
        return new DateType(day.toString());
    }

    private IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException(
                "The row's value for " + key + " " + what + "; the line " + key + " of " + file + " names its field");
    }
}
