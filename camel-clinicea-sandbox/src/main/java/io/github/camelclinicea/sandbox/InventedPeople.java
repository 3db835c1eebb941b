/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Invents patients and leads. Names, telephone numbers and mail domains are those of no real person.
 *
 * <p>Specified by {@code ClinicTest} and {@code LookUpTest}.
 */
final class InventedPeople {
    private static final List<String> FIRST_NAMES = List.of(
            "Testa", "Probo", "Démo", "Příklad", "Übung", "Żart", "Örnek", "Δοκιμή", "Пример", "テスト", "مثال", "測試");
    private static final List<String> CITIES = List.of("Sandboxville", "Prüfstadt", "Démoville", "Örnekköy");
    private static final List<String> SOURCES = List.of("Walk-in", "Website", "Friend", "Billboard");

    private InventedPeople() {}

    /** Returns the full name of the patient with that number, or null for number 0. */
    static String patientName(int number) {
        return number == 0 ? null : firstName(number) + " " + lastName(number);
    }

    /** Returns the id of the patient with that number, or null for number 0. */
    static String patientId(Seed seed, int number) {
        return number == 0 ? null : seed.id("patients", number);
    }

    static void patient(Map<String, Object> row, Dice dice, int number, Instant around) {
        LocalDate today = around.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate born = today.minusDays(dice.number(365, 90 * 365));
        int clinic = dice.number(1, InventedCare.CLINICS);
        String first = firstName(number);
        row.put("FileNo", String.format("F-%05d", number));
        row.put("UniqueNumber", String.format("U%07d", number));
        row.put("Title", dice.chance(50) ? dice.pick(List.of("Mr", "Ms", "Dr", "Mx")) : null);
        row.put("FirstName", first);
        row.put("MiddleName", null);
        row.put("LastName", lastName(number));
        row.put("FullName", first + " " + lastName(number));
        row.put("Gender", dice.number(0, 2));
        row.put("DateOfBirth", dice.chance(10) ? Fields.UNSET_DATE : born + "T00:00:00");
        row.put("Age", today.getYear() - born.getYear());
        row.put("Email", dice.chance(15) ? null : String.format("patient-%04d@example.invalid", number));
        row.put("MobileCountryCode", "+1");
        row.put("Mobile", telephone(dice));
        row.put("HomePhone", dice.chance(70) ? null : telephone(dice));
        row.put("Address1", dice.number(1, 99) + " Invented Street");
        row.put("Address2", dice.chance(80) ? "" : "2. Stock, Tür " + dice.number(1, 20));
        row.put("City", dice.pick(CITIES));
        row.put("State", null);
        row.put("PostCode", "0000" + dice.number(0, 9));
        row.put("Country", "Nowhere");
        row.put("BloodGroup", dice.chance(60) ? dice.pick(List.of("A+", "B+", "AB-", "0-")) : null);
        row.put("MaritalStatus", dice.number(0, 3));
        row.put("Occupation", dice.chance(50) ? "Tester" : null);
        row.put("Source", dice.pick(SOURCES));
        row.put("ReferredBy", null);
        row.put("Tags", dice.chance(25) ? List.of("VIP", "naïve") : List.of());
        row.put("IsActive", !dice.chance(5));
        row.put("IsVIP", dice.bit(10));
        row.put("SMSOptOut", dice.bit(20));
        row.put("EmailOptOut", dice.chance(20));
        row.put("Balance", dice.money(900));
        row.put("LastVisitDatetime", dice.chance(20) ? Fields.UNSET_DATE : Fields.stamp(around.minusSeconds(86_400L)));
        row.put("DeceasedDatetime", Fields.UNSET_DATE);
        row.put("ClinicID", InventedCare.clinicId(clinic));
        row.put("ClinicName", InventedCare.clinicName(clinic));
    }

    static void lead(Map<String, Object> row, Dice dice, int number) {
        row.put("FirstName", dice.pick(FIRST_NAMES));
        row.put("LastName", "Lead-" + String.format("%04d", number));
        row.put("Email", String.format("lead-%04d@example.invalid", number));
        row.put("MobileCountryCode", "+1");
        row.put("Mobile", telephone(dice));
        row.put("Source", dice.pick(SOURCES));
        row.put("LeadStatus", dice.number(0, 4));
        row.put("IsConverted", dice.bit(30));
        row.put("PatientID", null);
        row.put("FollowUpDatetime", Fields.UNSET_DATE);
    }

    /** Returns a number from 555-0100 to 555-0199, the range that is reserved for fiction. */
    private static String telephone(Dice dice) {
        return "555-01" + dice.number(10, 99);
    }

    private static String lastName(int number) {
        return String.format("Sandbox-%04d", number);
    }

    private static String firstName(int number) {
        return FIRST_NAMES.get(number % FIRST_NAMES.size());
    }
}
