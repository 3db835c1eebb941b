/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.lead;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;

/**
 * Enters a lead from a web form. If no response comes, it looks for the lead by a reference in the notes, and never
 * enters it a second time.
 */
public class LeadFromWebForm extends RouteBuilder {
    private static final Duration LATELY = Duration.ofMinutes(10);

    @Override
    public void configure() {
        from("platform-http:/leads?httpMethodRestrict=POST&consumes=application/x-www-form-urlencoded")
                .routeId("leads")
                .setBody(exchange -> LeadForm.lead(exchange.getMessage().getBody(Map.class), exchange.getExchangeId()))
                .setProperty("lead", body())
                .doTry()
                .validate(exchange -> LeadForm.problems(lead(exchange)).isEmpty())
                .to("clinicea:leads?apiKey={{clinicea.api-key}}&operation=create&bodyType=Map")
                .process(exchange -> respond(exchange, 201, "id", createdId(exchange)))
                .doCatch(ValidationException.class)
                .process(exchange -> respond(exchange, 400, "problems", LeadForm.problems(lead(exchange))))
                .doCatch(CliniceaOutcomeUnknownException.class)
                .to("direct:lookForLead")
                .doCatch(CliniceaException.class)
                .process(exchange ->
                        respond(exchange, 503, "error", "The lead was not entered. Please try again later."))
                .end()
                .removeHeaders("*", Exchange.HTTP_RESPONSE_CODE)
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .marshal()
                .json();

        from("direct:lookForLead")
                .setProperty("since", () -> Instant.now().minus(LATELY))
                .doTry()
                .toD("clinicea:leads?apiKey={{clinicea.api-key}}&operation=list&bodyType=Map"
                        + "&syncFrom=${exchangeProperty.since}")
                .setBody(LeadFromWebForm::idOfListed)
                .doCatch(CliniceaException.class)
                .setBody(constant((Object) null))
                .end()
                .choice()
                .when(body().isNotNull())
                .process(exchange ->
                        respond(exchange, 201, "id", exchange.getMessage().getBody()))
                .otherwise()
                .setBody(exchangeProperty("lead"))
                .to("direct:askTheDesk")
                .process(exchange -> respond(exchange, 202, "reference", exchange.getExchangeId()));
    }

    private static void respond(Exchange exchange, int status, String name, Object value) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(Collections.singletonMap(name, value));
    }

    private static Map<?, ?> lead(Exchange exchange) {
        return exchange.getProperty("lead", Map.class);
    }

    private static Object createdId(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID);
    }

    private static Object idOfListed(Exchange exchange) {
        List<?> leads = exchange.getMessage().getBody(List.class);
        return leads.stream()
                .map(listed -> (Map<?, ?>) listed)
                .filter(listed -> lead(exchange).get("Notes").equals(listed.get("Notes")))
                .map(listed -> listed.get("ID"))
                .findFirst()
                .orElse(null);
    }
}
