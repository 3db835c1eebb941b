/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds the table of all requests that the clinic serves: those of the catalogue, and the help page's convention for
 * every resource.
 *
 * <p>Specified by {@code LookUpTest}, {@code WriteTest} and {@code ChangeListTest}.
 */
final class ClinicRoutes {
    private final ClinicStore clinic;
    private final BlobContainer blobs;
    private final LookUps lookUps;
    private final AppointmentWrites appointments;
    private final VisitWrites visits;
    private final DocumentWrites documents;

    ClinicRoutes(ClinicStore clinic, BlobContainer blobs) {
        this.clinic = clinic;
        this.blobs = blobs;
        this.lookUps = new LookUps(clinic);
        this.appointments = new AppointmentWrites(clinic);
        this.visits = new VisitWrites(clinic);
        this.documents = new DocumentWrites(clinic, blobs);
    }

    /** Returns the catalogue's resources, and one that it lacks, to try the option {@code path} with. */
    static List<Resource> resources() {
        Catalogue catalogue = Catalogue.shipped();
        List<Resource> resources = new ArrayList<>();
        catalogue.names().forEach(name -> resources.add(catalogue.resource(name).orElseThrow()));
        resources.add(catalogue.byHelp("tasks", "/api/v1/sandbox_tasks"));
        return resources;
    }

    Routes serve(List<Resource> resources, Credentials credentials) {
        Routes routes = new Routes(credentials);
        routes.addOpen("GET", Credentials.LOGIN_PATH, credentials::login);
        // The blob store is a separate service. It checks its own signature and no API key.
        routes.addOpenBelow("PUT", "/" + BlobContainer.NAME, blobs::put);
        for (Resource resource : resources) {
            if (resource.changes() != null) {
                ChangeListPages pages = new ChangeListPages(clinic, resource.name(), resource.changes());
                Set<String> paths = new LinkedHashSet<>(resource.pathGuesses());
                paths.add(resource.changes().path());
                paths.forEach(path -> routes.add("GET", path, pages));
            }
            for (Operation operation : resource.operations()) {
                // Left out here: the convention, which is added below for every resource, because the catalogue omits
                // the parts that a row replaces; an operation with a fixed argument, whose request is served without
                // it; and an upload, whose requests are operations of their own.
                boolean narrower = operation.arguments().stream().anyMatch(Argument::fixed);
                if (!operation.path().startsWith("{path}") && !narrower && !operation.content()) {
                    routes.add(operation.method(), operation.path(), handler(resource, operation));
                }
            }
            ConventionCalls convention = new ConventionCalls(clinic, resource.name());
            routes.add("POST", resource.path(), convention::create);
            routes.addBelow("GET", resource.path(), convention::get);
            routes.addBelow("PUT", resource.path(), convention::update);
            routes.addBelow("DELETE", resource.path(), convention::delete);
        }
        return routes;
    }

    private Handler handler(Resource resource, Operation operation) {
        return switch (operation.name()) {
            case "createAppointment" -> (request, id) -> appointments.create(operation, request);
            case "updateAppointment" -> (request, id) -> appointments.update(operation, request);
            case "createEncounterFull" -> (request, id) -> visits.createEncounterFull(operation, request);
            case "getFolder" -> (request, id) -> documents.getFolder(operation, request);
            case "createDocumentDetails" -> (request, id) -> documents.createDetails(operation, request);
            case "deleteDocumentByPatient" -> (request, id) -> documents.delete(operation, request);
            default -> {
                if (!operation.readOnly()) {
                    throw new IllegalStateException("the sandbox has no handler for " + operation.name());
                }
                yield (request, id) -> lookUps.respond(resource, operation, request);
            }
        };
    }
}
