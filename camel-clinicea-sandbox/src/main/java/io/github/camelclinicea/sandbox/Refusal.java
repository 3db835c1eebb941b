/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/**
 * Refuses a request. Its message is the plain text of the response.
 *
 * <p>Specified by {@code RefusalTest}.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SandboxResponse response;

    private Refusal(SandboxResponse response, String text) {
        // No stack trace: a refusal is a response, and a test may provoke thousands.
        super(text, null, false, false);
        this.response = response;
    }

    static Refusal badRequest(String text) {
        return of(400, text);
    }

    static Refusal unauthorized(String text) {
        return of(401, text);
    }

    static Refusal notFound(String text) {
        return of(404, text);
    }

    static Refusal of(int status, String text) {
        return new Refusal(SandboxResponse.text(status, text), text);
    }

    static Refusal methodNotAllowed(String method, Iterable<String> allowed) {
        String text = method + " is not allowed at this path";
        return new Refusal(SandboxResponse.text(405, text).with("Allow", String.join(", ", allowed)), text);
    }

    SandboxResponse response() {
        return response;
    }
}
