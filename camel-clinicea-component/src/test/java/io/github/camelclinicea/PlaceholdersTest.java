/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${CLINICEA_API_KEY}",
                "${CLINICEA_API_KEY:}",
                "${clinicea.api-key",
                "${env.CLINICEA_API_KEY}",
                "${file:UTF-8:/run/secrets/key}",
                "${${stage}.key}",
                "live-${CLINICEA_API_KEY}",
                "{{clinicea.api-key}}",
                "{{clinicea.api-key",
                "{{env:CLINICEA_API_KEY}}",
                "{{?clinicea.api-key}}",
                "{{vault:clinicea/api-key}}",
                "{{ .Values.clinicea.apiKey }}",
                "{{ vault_api_key | default('') }}",
                "${{ secrets.CLINICEA_API_KEY }}",
                "#{systemEnvironment['CLINICEA_API_KEY']}",
                "#{CLINICEA_API_KEY}#",
                "#property:clinicea.api-key",
                "#bean:clinicKey",
                "#env:CLINICEA_API_KEY",
                "%CLINICEA_API_KEY%",
                "@clinicea.api-key@",
                "__CLINICEA_API_KEY__",
                "((clinicea-api-key))",
                "$(CLINICEA_API_KEY)",
                "$CLINICEA_API_KEY",
                "$env:CLINICEA_API_KEY",
                "env:CLINICEA_API_KEY",
                "<%= key %>",
                "ENC(4u0f9tZqOqYkQ)",
                "<your key>",
                "<your-api-key>",
                "<API_KEY>",
                "[your key]",
                "{apiKey}",
                "your-api-key",
                "YOUR_API_KEY",
                "YourClinicsApiKey",
                "your_clinicea_api_key_here",
                "insert your key here",
                "CLINICEA_API_KEY",
                "changeme",
                "change-me",
                "REPLACE_ME",
                "TODO",
                "null",
                "undefined",
                "xxxxxx",
                "***",
                "...",
                "\u2026",
                "  ${CLINICEA_API_KEY}  "
            })
    void given_a_key_that_is_a_placeholder_when_started_then_it_is_refused_without_its_value(String key) {
        assertThat(Placeholders.isKey(key)).isTrue();
        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        component.getConfiguration().setApiKey(key);
        camel.start();

        assertThatThrownBy(() -> camel.getEndpoint("clinicea:patients"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiKey is a placeholder")
                .hasMessageNotContaining(key.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k",
                "key",
                "KEY",
                "none",
                "secret",
                "sandbox-key",
                "my-key",
                "a-key-of-the-tests",
                "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "your7key",
                "sk_live_51H8xYZ",
                "$2a$10$N9qo8uLOickgx2ZMRZoMye",
                "$ABCdef123",
                "AB%12%34",
                "@dmin@9",
                "__x9__",
                "a${b",
                "a{{b}",
                "#1a2b3c",
                "env9:abc",
                "dGhlIGtleQ==",
                "x",
                "xx",
                "----BEGIN"
            })
    void given_a_key_that_may_be_real_when_checked_then_it_is_none(String key) {
        assertThat(Placeholders.isKey(key)).isFalse();
    }

    @Test
    void given_random_keys_of_the_usual_kinds_when_checked_then_none_is_a_placeholder() {
        Random random = new Random(20_261_130);
        byte[] bytes = new byte[24];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            assertThat(Placeholders.isKey(Base64.getEncoder().encodeToString(bytes)))
                    .isFalse();
            assertThat(Placeholders.isKey(HexFormat.of().formatHex(bytes))).isFalse();
            assertThat(Placeholders.isKey("{" + UUID.nameUUIDFromBytes(bytes) + "}"))
                    .isFalse();
            String printable = random.ints(20, 0x21, 0x7f)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(Placeholders.isKey(printable)).as(printable).isFalse();
            assertThat(Placeholders.is(printable)).as(printable).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "${CLINICEA_USER}, pa55, username",
        "<your username>, pa55, username",
        "doctor, {{clinicea.password}}, password",
        "doctor, <password>, password",
        "doctor, %CLINICEA_PASSWORD%, password"
    })
    void given_half_a_login_that_is_a_placeholder_when_started_then_the_option_is_named(
            String username, String password, String option) {
        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        component.getConfiguration().setUsername(username);
        component.getConfiguration().setPassword(password);
        camel.start();

        assertThatThrownBy(() -> camel.getEndpoint("clinicea:patients"))
                .rootCause()
                .hasMessageStartingWith(option + " is a placeholder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeme",
                "secret",
                "password",
                "xxxxxx",
                "a${b}c",
                "<3 cats>",
                "%hello%",
                "@home@",
                "$Monkey2024",
                "$ecretPass99",
                "$uperSecret1",
                "$Turkey.2025",
                "__passWord__",
                "***"
            })
    void given_a_password_that_somebody_may_have_when_checked_then_it_is_none(String password) {
        assertThat(Placeholders.is(password)).isFalse();
    }
}
