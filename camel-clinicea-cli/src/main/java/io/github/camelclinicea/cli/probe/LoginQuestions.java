/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * Logs a staff member in, with and without the key of the organisation (docs/design/wire.md, section 1). A wrong
 * password is sent twice at most, so that the account is not locked.
 *
 * <p>Specified by {@code LoginQuestionsTest}.
 */
final class LoginQuestions {
    static final String PATH = "/api/v2/login/getTokenByStaffUsernamePwd";

    private final Wire wire;
    private final KeyForms keys;
    private String withKey = Fact.NOT_ASKED;
    private String withoutKey = Fact.NOT_ASKED;

    LoginQuestions(Wire wire, KeyForms keys) {
        this.wire = wire;
        this.keys = keys;
    }

    void ask(ProbeSettings settings) throws InterruptedException {
        withoutKey = logIn(settings, "");
        // The last token counts, because a new login may end the one before.
        withKey = settings.apiKey() == null ? Fact.NOT_ASKED : logIn(settings, settings.apiKey());
    }

    private String logIn(ProbeSettings settings, String apiKey) throws InterruptedException {
        String query = Encoding.query(List.of(
                new Parameter("apiKey", apiKey),
                new Parameter("loginUserName", settings.username()),
                new Parameter("pwd", settings.password())));
        int before = wire.sent();
        Optional<Wire.Response> response = wire.get(PATH + query, List.of());
        if (response.isEmpty()) {
            return wire.sent() == before ? Fact.NOT_ASKED : Fact.notKnown("no response");
        }
        int status = response.get().status();
        if (status < 200 || status > 299) {
            // Stricter than the component, which also takes 423, a locked account, and laxer: a server without a login
            // has 404.
            boolean refused = status == 400 || status == 401 || status == 403 || status == 404;
            return refused ? "refused (" + status + ")" : Fact.notKnown(Integer.toString(status));
        }
        JsonNode token = Rows.json(response.get().body());
        if (token == null || !token.isTextual() || token.textValue().isBlank()) {
            return "no token (" + status + ")";
        }
        keys.loggedIn(token.textValue());
        return "accepted";
    }

    String withKey() {
        return withKey;
    }

    String withoutKey() {
        return withoutKey;
    }
}
