/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.DataStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Invents the fields of one row from the seed.
 *
 * <p>Specified by {@code ClinicTest} and {@code ChangeListTest}.
 *
 * @param seed the seed of the clinic
 * @param table the table that gets the row
 * @param number the row's number in its resource, from 1
 * @param id the row's id
 */
record InventedRow(Seed seed, ResourceTable table, int number, String id) {

    /**
     * Returns the fields, without those that the clinic sets.
     *
     * @param around the moment of the row's creation; its dates are close to it
     */
    Map<String, Object> fields(Instant around) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(table.idField(), id);
        Dice dice = seed.dice(table.name(), number);
        switch (table.name()) {
            case "patients" -> InventedPeople.patient(fields, dice, number, around);
            case "leads" -> InventedPeople.lead(fields, dice, number);
            case "appointments" -> InventedCare.appointment(fields, dice, seed, around);
            case "visits" -> InventedCare.visit(fields, dice, seed, number, around);
            case "documents" -> InventedCare.document(fields, dice, seed, number, around);
            case "prescriptions" -> InventedCare.prescription(fields, dice, seed, around);
            case "services" -> InventedCare.service(fields, dice, number);
            case "bills" -> InventedMoney.bill(fields, dice, seed, number, around);
            case "deletedBills" ->
                fields.putAll(
                        InventedMoney.deletedBill(InventedMoney.lostBill(id, dice, seed, number, around), around));
            case "payments" -> InventedMoney.payment(fields, dice, seed, number, around);
            case "patientPackages" -> InventedMoney.patientPackage(fields, dice, seed, around);
            default -> task(fields, dice, number, around);
        }
        fields.put(Fields.NOTES, dice.chance(30) ? "Invented for the sandbox – «nur ein Beispiel»" : null);
        return fields;
    }

    /** Also fills the rows of a catalogue's resource that the sandbox does not know. */
    private static void task(Map<String, Object> fields, Dice dice, int number, Instant around) {
        fields.put("Title", "Sandbox task " + number);
        fields.put("DueDatetime", dice.chance(20) ? Fields.UNSET_DATE : Fields.stamp(around.plusSeconds(86_400L)));
        fields.put("AssignedTo", "Staff Sandbox-0" + dice.number(1, 8));
        fields.put("IsDone", dice.bit(40));
    }

    /** Returns the row with the fields that the clinic sets at its end. */
    static StoredRow stored(
            ResourceTable table,
            String id,
            Map<String, ?> fields,
            Instant created,
            Instant modified,
            DataStatus status) {
        Map<String, Object> whole = new LinkedHashMap<>(fields);
        whole.put(table.idField(), id);
        for (String kept : new String[] {Fields.CREATED, Fields.MODIFIED, table.statusField()}) {
            whole.remove(kept);
        }
        whole.put(Fields.CREATED, Fields.stamp(created));
        whole.put(Fields.MODIFIED, Fields.stamp(modified));
        whole.put(table.statusField(), status.wireName());
        return new StoredRow(id, Fields.freeze(whole), modified, true);
    }
}
