/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hours;

import io.github.camelclinicea.CliniceaConstants;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Follows the patients of a clinic in its opening hours, and compares all of them with the database at night. The
 * comparison changes only the records that differ, and does not touch the state of the sync.
 */
public class OpeningHours extends RouteBuilder {
    @Override
    public void configure() {
        from("clinicea:patients?apiKey={{clinicea.api-key}}&stateDataSource=#dataSource"
                        + "&scheduler.cron=RAW({{clinic.poll-at}})&scheduler.timeZone={{clinic.zone}}")
                .routeId("patients")
                .choice()
                .when(header(CliniceaConstants.DATA_STATUS).isEqualToIgnoreCase("Deleted"))
                .to("sql:DELETE FROM patient WHERE id = :#CamelCliniceaRecordId")
                .otherwise()
                .to("direct:savePatient");

        from("direct:savePatient").routeId("savePatient").to("sql:classpath:hours/save-patient.sql");

        from("quartz:check?cron=RAW({{clinic.check-at}})&trigger.timeZone={{clinic.zone}}&stateful=true")
                .routeId("check")
                .to("sql:DELETE FROM listed")
                .to("clinicea:patients?apiKey={{clinicea.api-key}}&operation=list&streamList=true")
                .split(body())
                .streaming()
                .stopOnException()
                .to("sql:INSERT INTO listed VALUES (:#PatientID, :#DataStatusStr, :#ModifiedDatetime)")
                .end()
                .to("sql:SELECT id FROM unequal ORDER BY id LIMIT 500")
                .filter(simple("${body.size} > 0"))
                .log(LoggingLevel.WARN, "The check found ${body.size} patients that differ")
                .split(body())
                .setHeader(CliniceaConstants.RECORD_ID, simple("${body[id]}"))
                .setProperty("id", simple("${body[id]}"))
                // Read only now: the sync may have delivered the record since the list was read.
                .to("clinicea:patients?apiKey={{clinicea.api-key}}&operation=get")
                .choice()
                .when(body().isNull())
                .to("sql:DELETE FROM patient WHERE id = :#${exchangeProperty.id}")
                .otherwise()
                .to("direct:savePatient");
    }
}
