/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/**
 * How many rows a clinic starts with. What is not set follows from what is, so that a large clinic is large throughout.
 *
 * @param patients how many patients
 * @param appointments how many appointments
 * @param bills how many bills that are not deleted
 */
record ClinicSize(int patients, int appointments, int bills) {
    private static final int OTHERS = 30;

    /** @return how many rows of a resource */
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
