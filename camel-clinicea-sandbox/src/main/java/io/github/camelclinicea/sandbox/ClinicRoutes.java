/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import java.util.List;

/** Everything the clinic can be asked: what the catalogue says, and the help page's convention for every resource. */
final class ClinicRoutes {
    private final Clinic clinic;
    private final BlobContainer blobs;
    private final LookUps lookUps;
    private final AppointmentWrites appointments;
    private final VisitWrites visits;
    private final DocumentWrites documents;

    ClinicRoutes(Clinic clinic, BlobContainer blobs) {
        this.clinic = clinic;
        this.blobs = blobs;
        this.lookUps = new LookUps(clinic);
        this.appointments = new AppointmentWrites(clinic);
        this.visits = new VisitWrites(clinic);
        this.documents = new DocumentWrites(clinic, blobs);
    }

    Routes serve(List<Resource> resources, Credentials credentials) {
        Routes routes = new Routes(credentials);
        routes.addOpen("GET", Credentials.LOGIN_PATH, credentials::login);
        // The blob store is another service, with its own signature; it knows nothing of API keys.
        routes.addOpenBelow("PUT", "/" + BlobContainer.NAME, blobs::put);
        for (Resource resource : resources) {
            if (resource.changes() != null) {
                ChangeListPages pages = new ChangeListPages(clinic, resource.name(), resource.changes());
                routes.add("GET", resource.changes().path(), pages);
            }
            for (Operation operation : resource.operations()) {
                // The convention is added below, for every resource whole: the catalogue leaves out what a row
                // replaces. One with a fixed argument is another name for a call that is here without it, and an upload
                // is
                // made of calls that are here one by one.
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
                    throw new IllegalStateException("the sandbox does not know how to " + operation.name());
                }
                yield (request, id) -> lookUps.answer(resource, operation, request);
            }
        };
    }
}
