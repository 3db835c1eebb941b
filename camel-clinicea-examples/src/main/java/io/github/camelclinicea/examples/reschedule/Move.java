/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reschedule;

import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/** A line of the file: which appointment of which patient begins when from now on. Named as the arguments of the update are. */
@CsvRecord(separator = ",")
public class Move {
    @DataField(pos = 1, required = true)
    private String appointmentID;

    @DataField(pos = 2, required = true)
    private String patientID;

    @DataField(pos = 3, required = true)
    private String appointmentDateTime;

    /** @return the appointment's id */
    public String getAppointmentID() {
        return appointmentID;
    }

    /** @return the id of the patient who has it */
    public String getPatientID() {
        return patientID;
    }

    /** @return when it is to begin, in the clinic's local time, like 2027-03-01T09:30:00 */
    public String getAppointmentDateTime() {
        return appointmentDateTime;
    }
}
