/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Patient;

/** Runs HAPI's own FHIR server, with resources in memory. */
final class FhirServer implements AutoCloseable {
    static final FhirContext R4 = FhirContext.forR4Cached();

    /** Decides what happens to a request. */
    @FunctionalInterface
    interface Fault {
        /** Returns true if it has sent a response. */
        boolean responds(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private final Map<String, StoredResources<?>> resources = List.of(
                    new StoredResources<>(Patient.class),
                    new StoredResources<>(Appointment.class),
                    new StoredResources<>(Encounter.class),
                    new StoredResources<>(Invoice.class))
            .stream()
            .collect(Collectors.toMap(each -> each.getResourceType().getSimpleName(), each -> each));

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Tomcat tomcat = new Tomcat();
    private volatile Fault fault = (request, response) -> false;

    FhirServer(Path folder) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("relaxedQueryChars", "|");
        tomcat.setConnector(connector);
        RestfulServer servlet = new RestfulServer(R4);
        servlet.setResourceProviders(List.copyOf(resources.values()));
        Context web = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(web, "fhir", servlet);
        web.addServletMappingDecoded("/fhir/*", "fhir");
        Filter filter = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            requests.add(http.getMethod() + " " + http.getRequestURI()
                    + Optional.ofNullable(http.getQueryString())
                            .map(query -> "?" + query)
                            .orElse("")
                    + Optional.ofNullable(http.getHeader("If-Match"))
                            .map(version -> " If-Match " + version)
                            .orElse("")
                    + Optional.ofNullable(http.getHeader("Authorization"))
                            .map(value -> " " + value)
                            .orElse(""));
            if (!fault.responds(http, (HttpServletResponse) response)) {
                chain.doFilter(request, response);
            }
        };
        FilterDef definition = new FilterDef();
        definition.setFilterName("faults");
        definition.setFilter(filter);
        web.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("faults");
        map.addURLPattern("/*");
        web.addFilterMap(map);
        tomcat.start();
    }

    String url() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/fhir";
    }

    void fault(Fault next) {
        fault = next;
    }

    void noFault() {
        fault = (request, response) -> false;
    }

    /** Returns all requests so far: method, URI, If-Match and Authorization. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @SuppressWarnings("unchecked")
    <T extends DomainResource> StoredResources<T> stored(Class<T> type) {
        return (StoredResources<T>) resources.get(type.getSimpleName());
    }

    <T extends DomainResource> List<T> all(Class<T> type) {
        return stored(type).all();
    }

    /** Returns the only resource with an identifier, or nothing. */
    <T extends DomainResource> Optional<T> find(Class<T> type, String id) {
        List<T> found = all(type).stream()
                .filter(resource -> identifier(resource).equals(id))
                .toList();
        if (found.size() > 1) {
            throw new AssertionError(found.size() + " resources of type " + type.getSimpleName() + " have one id");
        }
        return found.stream().findFirst();
    }

    static String identifier(DomainResource resource) {
        return ((Identifier) resource.getNamedProperty("identifier").getValues().get(0)).getValue();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
