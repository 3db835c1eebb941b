/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.sandbox.Clinic;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;

/** Changes the bills and payments of a clinic at random. */
final class RandomChanges {
    private record Deleted(String bill, Instant at) {}

    private final Clinic clinic;
    private final SplittableRandom random;
    private final Queue<Deleted> deleted = new ArrayDeque<>();
    private final Queue<String> paidBefore = new ArrayDeque<>();
    private int made;

    RandomChanges(Clinic clinic, long seed) {
        this.clinic = clinic;
        this.random = new SplittableRandom(seed);
    }

    void one() {
        List<String> bills = clinic.ids("bills");
        List<String> payments = clinic.ids("payments");
        int kind = random.nextInt(20);
        if (kind < 4 || bills.isEmpty() || payments.isEmpty()) {
            clinic.add("bills", bill(Map.of()));
        } else if (kind < 7) {
            clinic.change("bills", any(bills), Map.of("Total", amount()));
        } else if (kind < 8) {
            clinic.change("bills", any(bills), Map.of("BillDatetime", date()));
        } else if (kind < 9) {
            clinic.change("bills", any(bills));
        } else if (kind < 11) {
            String bill = any(bills);
            clinic.delete("bills", bill);
            deleted.add(new Deleted(bill, Instant.now()));
        } else if (kind < 12) {
            restore();
        } else if (kind < 14) {
            clinic.add("payments", payment(Map.of("BillID", any(bills))));
        } else if (kind < 15) {
            clinic.add("payments", payment(Map.of()));
        } else if (kind < 16) {
            payBeforeBill();
        } else if (kind < 18) {
            clinic.change("payments", any(payments), Map.of("Amount", amount()));
        } else if (kind < 19) {
            clinic.change("payments", any(payments), Map.of("IsCancelled", random.nextBoolean()));
        } else {
            clinic.delete("payments", any(payments));
        }
    }

    /** Restores a bill, but not within the second of its deletion, which its stamp could not show. */
    private void restore() {
        Deleted bill = deleted.peek();
        if (bill != null && bill.at().isBefore(Instant.now().minus(Duration.ofSeconds(2)))) {
            clinic.add("bills", bill(Map.of("BillID", deleted.remove().bill())));
        }
    }

    private void payBeforeBill() {
        if (paidBefore.size() > 3) {
            clinic.add("bills", bill(Map.of("BillID", paidBefore.remove())));
        } else {
            String bill = "paid-before-" + made++;
            clinic.add("payments", payment(Map.of("BillID", bill)));
            paidBefore.add(bill);
        }
    }

    private Map<String, Object> bill(Map<String, ?> fields) {
        Map<String, Object> bill = new HashMap<>(fields);
        bill.put("Total", amount());
        bill.put("Tax", new BigDecimal("0.01").multiply(BigDecimal.valueOf(random.nextInt(3))));
        bill.put("BillDatetime", date());
        return bill;
    }

    private Map<String, Object> payment(Map<String, ?> fields) {
        Map<String, Object> payment = new HashMap<>(fields);
        payment.put("Amount", amount());
        return payment;
    }

    private BigDecimal amount() {
        return BigDecimal.valueOf(random.nextInt(1, 100_000), 2);
    }

    /** Returns a date on one of two days, around the beginning of a financial year. */
    private String date() {
        return random.nextBoolean() ? "2026-03-31T23:30:00" : "2026-04-01T00:30:00";
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }
}
