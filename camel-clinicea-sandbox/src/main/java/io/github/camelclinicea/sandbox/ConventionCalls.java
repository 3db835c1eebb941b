/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The convention read into the help page's verbs: POST to a resource's path, and GET, PUT and DELETE below it. Updates are
 * partial, and the answer is the record as it then is.
 */
final class ConventionCalls {
    private final Clinic clinic;
    private final String resource;

    ConventionCalls(Clinic clinic, String resource) {
        this.clinic = clinic;
        this.resource = resource;
    }

    Answer create(SandboxRequest request, String id) {
        refuseParameters(request);
        try {
            return Answer.row(clinic.insert(resource, Json.object(request.body())));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    Answer update(SandboxRequest request, String id) {
        refuseParameters(request);
        try {
            return Answer.row(clinic.update(resource, id, Json.object(request.body())));
        } catch (NoSuchElementException e) {
            // Not a 204: a write that did nothing must not look like one that did.
            throw Refusal.notFound("no such record");
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    Answer delete(SandboxRequest request, String id) {
        refuseParameters(request);
        request.refuseBody();
        try {
            return Answer.row(clinic.remove(resource, id));
        } catch (NoSuchElementException e) {
            return Answer.nothing();
        }
    }

    Answer get(SandboxRequest request, String id) {
        refuseParameters(request);
        return clinic.find(resource, id).map(Answer::row).orElseGet(Answer::nothing);
    }

    private static void refuseParameters(SandboxRequest request) {
        Parameters.refuseUnknown(request.query(), Set.of());
    }
}
