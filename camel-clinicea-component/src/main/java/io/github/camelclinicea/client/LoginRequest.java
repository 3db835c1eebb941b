/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.RequestAuthentication;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.JsonDefect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds the request of a staff login, and reads the token in its response. The login is a read, which is repeated like
 * any other, even if the request that needs the token is a create.
 *
 * <p>Specified by {@code StaffLoginTest}.
 */
final class LoginRequest {
    /** The path of the login (docs/design/wire.md, section 1, LIVE). */
    static final String PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    /** The query parameter of the token. */
    private static final String TOKEN_PARAMETER = "api_key";

    private LoginRequest() {}

    static Request of(StaffLogin login) {
        return new Request(
                Request.LOGIN,
                "getTokenByStaffUsernamePwd",
                "GET",
                PATH,
                List.of(
                        new Parameter("apiKey", login.apiKey()),
                        new Parameter("loginUserName", login.username()),
                        new Parameter("pwd", login.password())),
                null);
    }

    /**
     * Returns the token. To be called after the retries: a response without one may be a refusal, and a wrong password
     * must not be sent again.
     *
     * @param response a response with a status of success
     * @throws CliniceaException if there is no token in it
     */
    static String token(StaffLogin login, Request request, Response response) throws CliniceaException {
        try {
            return token(request, response);
        } catch (CliniceaException e) {
            // Any other text of a success may be a token in a form of its own.
            if (response.status() >= 300 || startsWithObject(response.body())) {
                RequestFailures.addServerMessage(e, request, response, RequestAuthentication.NONE, login);
            }
            throw e;
        }
    }

    private static String token(Request request, Response response) throws CliniceaException {
        JsonNode token = null;
        try {
            token = Json.read(request, response);
        } catch (CliniceaException e) {
            if (JsonDefect.isMarkup(response.body())) {
                throw e;
            }
            // Any other text may be the refusal of a wrong password.
        }
        if (token == null || !token.isTextual() || token.asText().isBlank()) {
            throw request.failure(
                    "Clinicea's response to the login is not a token; check username, password and baseUrl",
                    response.status(),
                    false,
                    null);
        }
        return token.asText();
    }

    private static boolean startsWithObject(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{");
    }

    /** Returns what authenticates the requests after the login. */
    static RequestAuthentication authentication(String token) {
        return new RequestAuthentication(List.of(), List.of(new Parameter(TOKEN_PARAMETER, token)));
    }
}
