/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.IRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.examples.policy.OneAtATime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.fhir.api.ExtraParameters;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Keeps the patients, appointments, encounters and invoices of a FHIR R4 server equal to the clinic. Each record is one
 * resource, found by its identifier. The resource of a deleted record stays there, with another status.
 */
public class FhirGateway extends RouteBuilder {
    private static final String SYNC =
            "apiKey={{clinicea.api-key}}&delay={{clinic.delay}}&heldRowBackoff={{fhir.retry}}";
    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String ROW = "row";
    private static final String WANTED = "wanted";
    private static final String EXISTING = "existing";

    private ClinicResources clinic;

    @Override
    public void configure() {
        clinic = new ClinicResources(getContext());
        bindToRegistry("fhirClient", fhirClient());
        // A bill that was read before its deletion is never written after it.
        OneAtATime oneAtATime = new OneAtATime();

        from("clinicea:patients?" + SYNC)
                .routeId("patients")
                .setProperty(TYPE, constant("Patient"))
                .to("direct:record");

        from("clinicea:appointments?" + SYNC)
                .routeId("appointments")
                .setProperty(TYPE, constant("Appointment"))
                .to("direct:record");

        from("clinicea:visits?" + SYNC)
                .routeId("visits")
                .setProperty(TYPE, constant("Encounter"))
                .to("direct:record");

        from("clinicea:bills?" + SYNC)
                .routeId("bills")
                .routePolicy(oneAtATime)
                .setProperty(TYPE, constant("Invoice"))
                .to("direct:record");

        from("clinicea:deletedBills?" + SYNC)
                .routeId("deletedBills")
                .routePolicy(oneAtATime)
                .setProperty(TYPE, constant("Invoice"))
                .setProperty(ID)
                .exchange(exchange -> clinic.deletedBill(exchange.getMessage().getBody(Map.class)))
                .setProperty(ROW, body())
                .to("direct:withdraw");

        from("direct:record")
                .routeId("record")
                .setProperty(ID, header(CliniceaConstants.RECORD_ID))
                .setProperty(ROW, body())
                .choice()
                .when(simple("${header.CamelCliniceaDataStatus} =~ 'Deleted'"))
                .to("direct:withdraw")
                .otherwise()
                .setProperty(WANTED)
                .exchange(exchange -> clinic.resource(type(exchange), id(exchange), row(exchange)))
                .to("direct:write");

        from("direct:write")
                .routeId("write")
                .filter(exchange -> type(exchange).equals("Invoice"))
                .to("direct:find")
                .end()
                .choice()
                .when(exchange -> ClinicResources.isDeletedBill(existing(exchange)))
                .log(LoggingLevel.WARN, "The bill ${exchangeProperty.id} is not written, because it was deleted")
                .when(exchange -> existing(exchange) != null)
                .to("direct:replace")
                .otherwise()
                .to("direct:update");

        from("direct:withdraw")
                .routeId("withdraw")
                .to("direct:find")
                .setProperty(WANTED)
                .exchange(exchange -> clinic.withdrawn(existing(exchange), type(exchange), id(exchange), row(exchange)))
                .choice()
                .when(exchangeProperty(WANTED).isNull())
                .log(LoggingLevel.DEBUG, "The ${exchangeProperty.type} of a deleted record is withdrawn already")
                .when(exchange -> existing(exchange) != null)
                .to("direct:replace")
                .otherwise()
                .to("direct:update");

        from("direct:find")
                .routeId("find")
                .setBody(this::query)
                .setHeader("CamelFhir.extraParameters", FhirGateway::uncached)
                .doTry()
                .to("fhir:search/searchByUrl?inBody=url&client=#fhirClient")
                .process(exchange -> exchange.setProperty(EXISTING, onlyOne(exchange)))
                .doCatch(Exception.class)
                .process(FhirGateway::refuse)
                .end()
                .removeHeaders("CamelFhir.*");

        // One request creates the resource or replaces it, whichever is needed.
        from("direct:update")
                .routeId("update")
                .setHeader("CamelFhir.url")
                .exchange(this::query)
                .setBody(exchangeProperty(WANTED))
                .doTry()
                .to("fhir:update/resourceBySearchUrl?inBody=resource&preferReturn=REPRESENTATION&client=#fhirClient")
                .process(FhirGateway::checkStored)
                .doCatch(Exception.class)
                .process(FhirGateway::refuse);

        // The id has the version that was found. The request has it as If-Match.
        from("direct:replace")
                .routeId("replace")
                .setHeader("CamelFhir.id")
                .exchange(exchange -> existing(exchange).getIdElement().toUnqualified())
                .setBody(FhirGateway::wantedAsFound)
                .doTry()
                .to("fhir:update/resource?inBody=resource&preferReturn=REPRESENTATION&client=#fhirClient")
                .process(FhirGateway::checkStored)
                .doCatch(Exception.class)
                .process(FhirGateway::refuse);
    }

    /** Returns a client that fails at what it does not know in a response, rather than to drop it and write the rest. */
    private IGenericClient fhirClient() {
        FhirContext context = FhirContext.forR4();
        context.setParserErrorHandler(new StrictErrorHandler());
        IRestfulClientFactory factory = context.getRestfulClientFactory();
        factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
        factory.setSocketTimeout(Integer.parseInt(resolved("{{fhir.timeout}}")));
        IGenericClient client = factory.newGenericClient(resolved("{{fhir.server-url}}"));
        String token = resolved("{{fhir.token}}");
        if (!token.isEmpty()) {
            client.registerInterceptor(new BearerTokenAuthInterceptor(token));
        }
        return client;
    }

    private String resolved(String name) {
        return getContext().resolvePropertyPlaceholders(name);
    }

    /** Returns what a search says to a server that would repeat an earlier result. The component changes the map. */
    private static Map<ExtraParameters, Object> uncached() {
        return new HashMap<>(
                Map.of(ExtraParameters.CACHE_CONTROL_DIRECTIVE, new CacheControlDirective().setNoCache(true)));
    }

    private String query(Exchange exchange) {
        return clinic.identifiers().query(type(exchange), id(exchange));
    }

    /** Returns the resource of a search, or null if there is none. */
    private DomainResource onlyOne(Exchange exchange) {
        Bundle found = exchange.getMessage().getBody(Bundle.class);
        List<Resource> matches = found.getEntry().stream()
                .filter(entry ->
                        !entry.getSearch().hasMode() || entry.getSearch().getMode() == SearchEntryMode.MATCH)
                .map(Bundle.BundleEntryComponent::getResource)
                .toList();
        if (matches.size() > 1) {
            throw new FhirRefusal("The FHIR server has several resources of type " + type(exchange)
                    + " with the identifier of this record");
        }
        if (found.getTotal() > matches.size()) {
            throw new FhirRefusal("The search for the " + type(exchange) + " does not have all matches that it counts");
        }
        if (matches.isEmpty()) {
            return null;
        }
        if (!clinic.identifiers().isOf(type(exchange), id(exchange), matches.get(0))) {
            throw new FhirRefusal(
                    "The search for the " + type(exchange) + " found a resource which is not the one of this record");
        }
        return (DomainResource) matches.get(0);
    }

    private static DomainResource wantedAsFound(Exchange exchange) {
        DomainResource wanted = exchange.getProperty(WANTED, DomainResource.class);
        wanted.setId(existing(exchange).getIdElement().toUnqualifiedVersionless());
        return wanted;
    }

    private static void checkStored(Exchange exchange) {
        MethodOutcome outcome = exchange.getMessage().getBody(MethodOutcome.class);
        if (outcome.getId() == null || !outcome.getId().hasIdPart()) {
            throw new FhirRefusal("The response for the " + type(exchange)
                    + " names no resource, so it may not come from a FHIR server");
        }
    }

    private static void refuse(Exchange exchange) {
        throw FhirRefusal.of(type(exchange), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private static String type(Exchange exchange) {
        return exchange.getProperty(TYPE, String.class);
    }

    private static String id(Exchange exchange) {
        return exchange.getProperty(ID, String.class);
    }

    private static Map<?, ?> row(Exchange exchange) {
        return exchange.getProperty(ROW, Map.class);
    }

    private static DomainResource existing(Exchange exchange) {
        return exchange.getProperty(EXISTING, DomainResource.class);
    }
}
