/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import java.io.IOException;

/** What a call that failed is reported as: what happened, what to do about it, and whether it may have been done. */
final class RequestFailures {
    private RequestFailures() {}

    /** @param byKey whether the request showed an API key, and not the token of a staff login */
    static CliniceaException refused(Request call, int status, boolean byKey) {
        // A server or gateway that failed over a create may have made the record all the same.
        boolean mayBeDone = call.mayBeDone(status);
        if (call.creates() && mayBeDone) {
            return call.outcomeUnknown(status, null);
        }
        return call.failure(
                "Clinicea answered " + status + " to " + call + ": " + advice(status, byKey)
                        + (mayBeDone ? call.doubt() : ""),
                status,
                RetryPolicy.passing(status),
                mayBeDone,
                null);
    }

    private static String advice(int status, boolean byKey) {
        return switch (status) {
            case 400 -> "the request is ill-formed for it; check the parameters";
            case 401 ->
                byKey
                        ? "the apiKey is wrong, or its role may not use this module"
                        : "username or password is wrong, or the staff member's role may not use this module";
            case 403 -> "the credentials do not allow it";
            case 404 -> "there is nothing at this path; check path and baseUrl";
            case 407 -> "the proxy demands credentials; give them to an httpComponent of your own";
            case 429 -> "too many requests; set requestsPerSecond, or poll less often";
            default ->
                status >= 300 && status < 400
                        ? "a redirect is not followed; set baseUrl to where the API really is"
                        : "the server failed or is overloaded";
        };
    }

    static CliniceaException brokenDown(Request call, IOException e) {
        boolean sent = !(e instanceof Transport.NotSentException);
        if (call.creates() && sent) {
            return call.outcomeUnknown(0, e);
        }
        return call.failure(
                "No answer from Clinicea to " + call + ": " + e.getMessage() + (sent ? call.doubt() : ""),
                0,
                !(e instanceof Transport.TooLargeException || e instanceof Transport.UntrustedException),
                sent && !call.readOnly(),
                e);
    }
}
