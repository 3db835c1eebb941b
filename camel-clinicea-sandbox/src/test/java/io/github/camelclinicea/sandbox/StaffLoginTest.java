/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static io.github.camelclinicea.sandbox.Caller.EVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffLoginTest {
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";
    private static final String PATIENTS = "/api/v1/patients?intPageNo=0&lastSyncDate=" + EVER + "&api_key=";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    @Test
    void givenStaff_whenLoggedIn_thenTheTokenIsABareStringThatLetsInWithoutAHeader() {
        assertThat(open(PATIENTS + login()).statusCode()).isEqualTo(200);
    }

    @Test
    void givenAToken_whenTokensExpire_thenItIsA401UntilTheNextLogin() {
        String old = login();
        clinicea.sandbox().expireTokens();
        assertThat(open(PATIENTS + old).statusCode()).isEqualTo(401);
        String renewed = login();
        assertThat(renewed).isNotEqualTo(old);
        assertThat(open(PATIENTS + renewed).statusCode()).isEqualTo(200);
        assertThat(open(PATIENTS + old).statusCode()).isEqualTo(401);
    }

    @Test
    void givenARightKeyAndAnOldToken_whenAsked_thenItIsA401() {
        String old = login();
        clinicea.sandbox().expireTokens();
        assertThat(new Caller(clinicea.sandbox()).get(PATIENTS + old).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "?apiKey=KEY&loginUserName=USER&pwd=wrong, 401",
        "?apiKey=KEY&loginUserName=wrong&pwd=PWD, 401",
        "?apiKey=wrong&loginUserName=USER&pwd=PWD, 401",
        "?apiKey=KEY&loginUserName=USER, 400",
        "?apiKey=KEY&loginUserName=USER&pwd=PWD&odd=1, 400",
        "'', 400",
    })
    void givenAWrongLogin_whenTried_thenItIsRefused(String query, int status) {
        assertThat(open(LOGIN + filled(query)).statusCode()).isEqualTo(status);
    }

    private String login() {
        HttpResponse<String> response = open(LOGIN + filled("?apiKey=KEY&loginUserName=USER&pwd=PWD"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).matches("\"[a-z0-9-]+\"");
        return response.body().replace("\"", "");
    }

    private String filled(String query) {
        return query.replace("KEY", clinicea.apiKey())
                .replace("USER", clinicea.sandbox().staffUser())
                .replace("PWD", clinicea.sandbox().staffPassword());
    }

    private HttpResponse<String> open(String url) {
        return new Caller(clinicea.sandbox()).send("GET", url, null, new String[0]);
    }
}
