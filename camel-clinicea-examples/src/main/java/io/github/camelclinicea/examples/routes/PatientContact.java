/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/**
 * Holds the fields of a patient that a route needs. All other fields of the row are ignored.
 *
 * @param id the patient's id
 * @param mobile the mobile number, or null
 * @param billedTotal the sum of the bills, with all its digits, or null
 */
public record PatientContact(
        @JsonProperty("PatientID") String id,
        @JsonProperty("Mobile") String mobile,
        @JsonProperty("BilledTotal") BigDecimal billedTotal) {

    /** Returns the id only, because a log must not show a patient's data. */
    @Override
    public String toString() {
        return "PatientContact[" + id + "]";
    }
}
