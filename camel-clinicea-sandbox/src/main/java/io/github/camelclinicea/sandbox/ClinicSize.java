/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/**
 * Says how many rows a clinic starts with. The counts of all other resources follow from these three, so that a large
 * clinic has many rows of every resource.
 *
 * <p>Specified by {@code ClinicTest}.
 *
 * @param patients the number of patients
 * @param appointments the number of appointments
 * @param bills the number of bills, without deleted ones
 */
record ClinicSize(int patients, int appointments, int bills) {
    private static final int OTHERS = 30;

    /** Returns the number of rows of a resource. */
    int of(String resource) {
        return switch (resource) {
            case "patients" -> patients;
            case "appointments" -> appointments;
            case "bills" -> bills;
            case "deletedBills" -> bills / 20;
            case "payments" -> bills * 3 / 2;
            case "visits", "documents" -> patients / 2;
            case "prescriptions" -> patients / 4;
            case "patientPackages", "leads" -> patients / 5;
            default -> OTHERS;
        };
    }
}
