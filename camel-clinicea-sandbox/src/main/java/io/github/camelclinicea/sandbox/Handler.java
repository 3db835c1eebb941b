/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/** Serves one kind of request. */
@FunctionalInterface
interface Handler {
    /**
     * Returns the response to a request.
     *
     * @param request a request with valid credentials
     * @param id the last segment of the path if it is a row's id, otherwise null
     * @throws Refusal if the request breaks the wire contract
     */
    SandboxResponse respond(SandboxRequest request, String id);
}
