/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Invents bills, deleted bills, payments and packages.
 *
 * <p>Specified by {@code ClinicTest} and {@code ChangeListTest}.
 */
final class InventedMoney {
    private static final List<String> ITEMS = List.of("Consultation", "Crème", "Bandage", "Laboratory");
    private static final List<String> MODES = List.of("Cash", "Card", "Bank");

    private InventedMoney() {}

    static void bill(Map<String, Object> row, Dice dice, Seed seed, int number, Instant around) {
        int patient = seed.somePatient(dice);
        int clinic = dice.number(1, InventedCare.CLINICS);
        List<Map<String, Object>> items = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO.setScale(2);
        for (int line = dice.number(1, 4); line > 0; line--) {
            int quantity = dice.number(1, 3);
            BigDecimal price = dice.money(120);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("ItemID", dice.guid());
            item.put("ItemName", dice.pick(ITEMS));
            item.put("Quantity", quantity);
            item.put("UnitPrice", price);
            item.put("Discount", null);
            item.put("IsTaxable", dice.bit(50));
            items.add(item);
            total = total.add(price.multiply(BigDecimal.valueOf(quantity)));
        }
        row.put("BillNo", String.format("B-%06d", number));
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", InventedPeople.patientName(patient));
        row.put("BillDatetime", Fields.stamp(around));
        row.put("DueDatetime", dice.chance(60) ? Fields.UNSET_DATE : Fields.stamp(around.plus(30, ChronoUnit.DAYS)));
        row.put("ClinicID", InventedCare.clinicId(clinic));
        row.put("BillStatus", dice.number(0, 3));
        row.put("Items", items);
        row.put("Total", total);
        row.put("Tax", BigDecimal.ZERO.setScale(2));
        row.put("Currency", "XTS");
        row.put("IsRefund", dice.bit(5));
        row.put("IsPosted", dice.chance(80));
    }

    /** Returns a bill that was never in the list of bills, for a history that begins with deleted ones. */
    static Map<String, Object> lostBill(String id, Dice dice, Seed seed, int number, Instant around) {
        Map<String, Object> bill = new LinkedHashMap<>();
        bill.put("BillID", id);
        // Far from the numbers of the bills that are not deleted.
        bill(bill, dice, seed, 900_000 + number, around);
        return bill;
    }

    /** Returns the row of a bill in the list of deleted bills: the same id and few other fields. */
    static Map<String, Object> deletedBill(Map<String, Object> bill, Instant deleted) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ID", bill.get("BillID"));
        for (String kept : List.of("BillID", "BillNo", "PatientID", "ClinicID", "Total")) {
            row.put(kept, bill.get(kept));
        }
        row.put("DeletedDatetime", Fields.stamp(deleted));
        row.put("DeletedBy", "Staff Sandbox-01");
        return row;
    }

    static void payment(Map<String, Object> row, Dice dice, Seed seed, int number, Instant around) {
        int patient = seed.somePatient(dice);
        row.put("ReceiptNo", String.format("R-%06d", number));
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", InventedPeople.patientName(patient));
        row.put("PaymentDatetime", Fields.stamp(around));
        row.put("Amount", dice.money(400));
        row.put("Currency", "XTS");
        row.put("PaymentMode", dice.pick(MODES));
        row.put("IsAdvance", dice.bit(10));
        row.put("IsCancelled", dice.chance(3));
        row.put("Reference", null);
    }

    static void patientPackage(Map<String, Object> row, Dice dice, Seed seed, Instant around) {
        int patient = seed.somePatient(dice);
        int sessions = dice.number(3, 12);
        row.put("PatientID", InventedPeople.patientId(seed, patient));
        row.put("PatientName", InventedPeople.patientName(patient));
        row.put("PackageName", "Paquet découverte " + sessions);
        row.put("PackageStatus", dice.number(0, 2));
        row.put("Sessions", sessions);
        row.put("SessionsUsed", dice.number(0, sessions));
        row.put("StartDatetime", Fields.stamp(around));
        row.put(
                "ExpiryDatetime",
                dice.chance(40) ? Fields.UNSET_DATE : Fields.stamp(around.plus(365, ChronoUnit.DAYS)));
        row.put("Price", dice.money(900));
        row.put("IsActive", dice.bit(80));
    }
}
