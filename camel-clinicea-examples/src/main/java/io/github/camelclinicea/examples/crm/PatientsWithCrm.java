/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.examples.policy.OneAtATime;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Keeps patients equal in Clinicea and in a CRM's table. An edit on either side goes to the other and does not come
 * back. If a field is edited on both sides, the CRM's value wins and Clinicea's value is noted.
 */
public class PatientsWithCrm extends RouteBuilder {
    private static final String PATIENTS = "clinicea:patients?apiKey={{clinicea.api-key}}";
    private static final String SYNC = "&suppressEcho=true&syncId=crm&idempotentRepository=#syncState";

    private final CrmTable crm;
    private final OneAtATime oneAtATime = new OneAtATime();

    /**
     * Creates the routes.
     *
     * @param dataSource the database with the tables of {@code crm/tables.sql}
     */
    public PatientsWithCrm(DataSource dataSource) {
        this.crm = new CrmTable(dataSource);
    }

    @Override
    public void configure() {
        from(PATIENTS + SYNC + "&delay={{crm.delay:60000}}")
                .routeId("fromClinicea")
                .routePolicy(oneAtATime)
                .choice()
                .when(header(CliniceaConstants.DATA_STATUS).isEqualToIgnoreCase("Deleted"))
                .process(exchange -> crm.delete(cliniceaId(exchange), record(exchange)))
                .otherwise()
                .process(exchange -> crm.take(cliniceaId(exchange), record(exchange)));

        from("sql:SELECT id FROM crm_due ORDER BY id?delay={{crm.delay:60000}}")
                .routeId("toClinicea")
                .routePolicy(oneAtATime)
                // Read only now: Clinicea may have changed the row while it waited for its turn.
                .setBody(exchange -> crm.due(rowId(exchange)))
                .setProperty("patient", body())
                .choice()
                .when(body().isNull())
                .stop()
                .when(exchange -> patient(exchange).cliniceaId() == null)
                .to("direct:createPatient")
                .otherwise()
                .to("direct:updatePatient");

        from("direct:createPatient")
                .routeId("createPatient")
                .onException(Exception.class)
                .onWhen(PatientsWithCrm::isNotDone)
                .process(exchange -> crm.notCreated(patient(exchange)))
                .end()
                // Before the request: a row whose outcome is unknown must not be sent again.
                .process(exchange -> crm.sent(patient(exchange)))
                .setBody(exchange -> patient(exchange).asNew())
                // Without suppressEcho: after a crash before the id is stored, the sync finds the patient by its echo.
                .to(PATIENTS + "&operation=create&synchronous=true")
                .process(exchange -> crm.created(patient(exchange), cliniceaId(exchange)))
                .id("storeId");

        from("direct:updatePatient")
                .routeId("updatePatient")
                .setHeader(CliniceaConstants.RECORD_ID)
                .exchange(exchange -> patient(exchange).cliniceaId())
                .to(PATIENTS + "&operation=get&synchronous=true")
                // Null if the patient was deleted; the deletion comes with the next poll.
                .filter(body().isNotNull())
                .setBody(exchange -> crm.take(cliniceaId(exchange), record(exchange)))
                .setProperty("patient", body())
                .setBody(exchange -> patient(exchange).unsent())
                .filter(exchange -> !patient(exchange).unsent().isEmpty())
                .to(PATIENTS + SYNC + "&operation=update&mergeOnUpdate=true&synchronous=true")
                .end()
                .process(exchange -> crm.sent(patient(exchange)))
                .id("storeVersion");
    }

    private static boolean isNotDone(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return failure instanceof IllegalArgumentException
                || failure instanceof CliniceaException call && !call.isMaybeDone();
    }

    private static CrmPatient patient(Exchange exchange) {
        return exchange.getProperty("patient", CrmPatient.class);
    }

    private static long rowId(Exchange exchange) {
        return ((Number) exchange.getMessage().getBody(Map.class).get("id")).longValue();
    }

    private static String cliniceaId(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    private static Map<?, ?> record(Exchange exchange) {
        return exchange.getMessage().getBody(Map.class);
    }
}
