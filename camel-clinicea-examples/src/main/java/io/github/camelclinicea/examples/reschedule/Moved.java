/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reschedule;

import io.github.camelclinicea.CliniceaException;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/** Holds a line of the report: the outcome of a line of the file. */
@CsvRecord(separator = ",", generateHeaderColumns = true, quoting = true)
public class Moved {
    @DataField(pos = 1)
    private final int line;

    @DataField(pos = 2)
    private final String appointmentID;

    @DataField(pos = 3)
    private final String outcome;

    @DataField(pos = 4)
    private final String why;

    private Moved(Exchange exchange, String outcome, String why) {
        // The number that an editor shows: lines count from one, and the first is the heading.
        this.line = exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class) + 2;
        Move move = exchange.getProperty("move", Move.class);
        this.appointmentID = move == null ? "" : move.getAppointmentID();
        this.outcome = outcome;
        this.why = why;
    }

    /**
     * Returns the line of the report for an exchange. The component's messages contain no record and no secret. Other
     * messages might, so the report has only the exception's class.
     */
    static Moved from(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure == null) {
            return new Moved(exchange, "moved", "");
        }
        if (exchange.getProperty("move") == null) {
            return new Moved(exchange, "refused", "the line does not consist of an appointment, a patient and a time");
        }
        if (failure instanceof CliniceaException call) {
            return new Moved(exchange, call.isMaybeDone() ? "unknown" : "refused", call.getMessage());
        }
        if (failure instanceof IllegalArgumentException) {
            return new Moved(exchange, "refused", failure.getMessage());
        }
        return new Moved(exchange, "unknown", failure.getClass().getSimpleName());
    }
}
