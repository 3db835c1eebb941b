/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/** Answers one kind of request. */
@FunctionalInterface
interface Handler {
    /**
     * @param request a request that was let in
     * @param id the last segment of the path where that is a row's id, else null
     * @return the answer
     * @throws Refusal if the request is not as it should be
     */
    Answer answer(SandboxRequest request, String id);
}
