/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the exceptions of failed requests. They say what happened, what to do, whether the outcome is unknown, and
 * what the server says.
 *
 * <p>Specified by {@code CliniceaClientTest}.
 */
final class RequestFailures {
    private RequestFailures() {}

    /**
     * Returns the exception for a response whose status is no success.
     *
     * @param credentials what the request was authenticated by
     */
    static CliniceaException refused(Request request, int status, Credentials credentials) {
        // A server or gateway that failed at a create may still have created the record.
        boolean mayBeDone = request.mayBeDone(status);
        if (request.creates() && mayBeDone) {
            return request.outcomeUnknown(status, null);
        }
        return request.failure(
                "Clinicea responded with " + status + " to " + request + ": " + advice(request, status, credentials)
                        + (mayBeDone ? request.outcomeUnknownAdvice() : ""),
                status,
                RetryPolicy.isTemporary(status),
                mayBeDone,
                null);
    }

    private static String advice(Request request, int status, Credentials credentials) {
        boolean byKey = credentials instanceof ApiKey;
        boolean changes = request.operation().equals("changes");
        return switch (status) {
            case 400 ->
                "it takes the request for malformed; "
                        + (changes
                                ? "check syncParameter, timestampFormat and firstPage, then pageParameter and pageSize"
                                : request.isLogin()
                                        ? "check username, password and the apiKey of the login"
                                        : "check the arguments");
            case 401 ->
                credentials instanceof ApiKey key
                        ? "the apiKey is wrong, or its role may not use this module; check apiKey and "
                                + (key.parameter() == null
                                        ? "apiKeyHeader, or send the key as a query parameter by apiKeyParameter"
                                        : "apiKeyParameter, or leave that out to send the key in headers")
                        : request.isLogin()
                                ? "username or password is wrong, or the apiKey of the login"
                                : "username or password is wrong, or the staff member's role may not use this module";
            case 403 ->
                "the credentials do not allow it; check " + (byKey ? "apiKey" : "username and password")
                        + ", their role in Clinicea, and a firewall in between";
            case 404 ->
                "there is nothing at this path; check path and baseUrl, and whether the clinic has the resource "
                        + request.resource();
            case 405 -> "the path does not take " + request.method() + "; check path and baseUrl";
            case 407 -> "the proxy demands credentials; set them on an httpComponent of your own";
            case 408 -> "the server did not get the whole request in time; check the network";
            case 409 -> "it conflicts with what the server has; read the record again";
            case 413, 414, 431 -> "the request is too large; send less in it";
            case 423 -> "the account or the record is locked; ask an administrator of Clinicea";
            case 429 -> "too many requests; set requestsPerSecond, or poll less often";
            case 501 -> "the server does not know this operation; check path and baseUrl";
            case 502, 504 -> "a gateway did not get a response from the server";
            case 503 -> "the server is overloaded or under maintenance";
            default ->
                status >= 300 && status < 400
                        ? "a redirect is not followed; set baseUrl to the real address of the API"
                        : status < 500
                                ? "it does not accept the request; check the arguments, path and baseUrl"
                                : "the server failed or is overloaded";
        };
    }

    /** Returns the exception for a request without a response. */
    static CliniceaException noResponse(Request request, IOException e) {
        boolean sent = !(e instanceof Transport.NotSentException);
        if (request.creates() && sent) {
            return request.outcomeUnknown(0, e);
        }
        return request.failure(
                "No response from Clinicea to " + request + ": " + e.getMessage()
                        + (sent ? request.outcomeUnknownAdvice() : ""),
                0,
                !(e instanceof Transport.TooLargeException || e instanceof Transport.UntrustedException),
                sent && !request.readOnly(),
                e);
    }

    /**
     * Adds to an exception what the server says.
     *
     * @param response the response that failed; null if none came
     * @param authentication what the request was sent with
     * @param credentials the credentials of the client, which the server may echo
     */
    static void addServerMessage(
            CliniceaException failure,
            Request request,
            Response response,
            RequestAuthentication authentication,
            Credentials credentials) {
        if (response != null) {
            List<String> secrets = Stream.of(authentication.headers(), authentication.query())
                    .flatMap(List::stream)
                    .map(Parameter::value)
                    .collect(Collectors.toCollection(ArrayList::new));
            secrets.addAll(credentials.secrets());
            ServerMessage message = ServerMessage.of(request, response, secrets);
            failure.setServerMessage(message.text(), message.savingErrorCode());
        }
    }
}
