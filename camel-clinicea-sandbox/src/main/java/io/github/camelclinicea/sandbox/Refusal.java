/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

/** A request the sandbox does not serve. Its message is the plain text of the answer. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private Refusal(Answer answer, String text) {
        // No stack trace: it is an answer, and a test that provokes thousands should not pay for them.
        super(text, null, false, false);
        this.answer = answer;
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
        return new Refusal(Answer.text(status, text), text);
    }

    static Refusal methodNotAllowed(String method, Iterable<String> allowed) {
        String text = "no " + method + " here";
        return new Refusal(Answer.text(405, text).with("Allow", String.join(", ", allowed)), text);
    }

    Answer answer() {
        return answer;
    }
}
