/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reschedule;

import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/**
 * Holds a line of the file: an appointment, its patient and its new time. The names are those of the update's
 * arguments.
 */
@CsvRecord(separator = ",")
public class Move {
    @DataField(pos = 1, required = true)
    private String appointmentID;

    @DataField(pos = 2, required = true)
    private String patientID;

    @DataField(pos = 3, required = true)
    private String appointmentDateTime;

    /** Returns the appointment's id. */
    public String getAppointmentID() {
        return appointmentID;
    }

    /** Returns the id of the appointment's patient. */
    public String getPatientID() {
        return patientID;
    }

    /** Returns the new start in the clinic's local time, like 2027-03-01T09:30:00. */
    public String getAppointmentDateTime() {
        return appointmentDateTime;
    }
}
