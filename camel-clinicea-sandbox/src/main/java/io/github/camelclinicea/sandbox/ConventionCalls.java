/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Serves the convention that the help page's verbs suggest: POST to a resource's path, and GET, PUT and DELETE below
 * it. An update is partial, and its response is the record after the update.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class ConventionCalls {
    private final ClinicStore clinic;
    private final String resource;

    ConventionCalls(ClinicStore clinic, String resource) {
        this.clinic = clinic;
        this.resource = resource;
    }

    SandboxResponse create(SandboxRequest request, String id) {
        refuseParameters(request);
        try {
            return SandboxResponse.row(clinic.insert(resource, Json.object(request.body())));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    SandboxResponse update(SandboxRequest request, String id) {
        refuseParameters(request);
        try {
            return SandboxResponse.row(clinic.update(resource, id, Json.object(request.body())));
        } catch (NoSuchElementException e) {
            // Not a 204: a write without effect must not look like a success.
            throw Refusal.notFound("no such record");
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    SandboxResponse delete(SandboxRequest request, String id) {
        refuseParameters(request);
        request.refuseBody();
        try {
            return SandboxResponse.row(clinic.remove(resource, id));
        } catch (NoSuchElementException e) {
            return SandboxResponse.nothing();
        }
    }

    SandboxResponse get(SandboxRequest request, String id) {
        refuseParameters(request);
        return clinic.find(resource, id).map(SandboxResponse::row).orElseGet(SandboxResponse::nothing);
    }

    private static void refuseParameters(SandboxRequest request) {
        Parameters.refuseUnknown(request.query(), Set.of());
    }
}
