/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ApiKeyOptionsTest {
    private static final String KEY = "CLINICEA_API_KEY";

    private final List<String> questions = new ArrayList<>();

    @Command
    private static final class AnyCommand {
        @Mixin
        private final ApiKeyOptions account;

        AnyCommand(ApiKeyOptions account) {
            this.account = account;
        }
    }

    private ApiKeyOptions parse(Map<String, String> environment, String entered, String... arguments) {
        ApiKeyOptions options = new ApiKeyOptions(environment, question -> {
            questions.add(question);
            return entered;
        });
        new CommandLine(new AnyCommand(options)).parseArgs(arguments);
        return options;
    }

    @Test
    void given_a_key_as_option_when_read_then_it_takes_precedence_and_nothing_is_asked() {
        Account account = parse(Map.of(KEY, "of-variable"), "entered", "--api-key=of-option")
                .account();

        assertThat(account.apiKey()).isEqualTo("of-option");
        assertThat(account.baseUrl()).isEqualTo("https://api.clinicea.com");
        assertThat(account.username()).isNull();
        assertThat(questions).isEmpty();
    }

    @Test
    void given_a_key_in_the_environment_when_read_then_it_is_used() {
        assertThat(parse(Map.of(KEY, "of-variable"), "entered").account().apiKey())
                .isEqualTo("of-variable");
    }

    @Test
    void given_no_key_and_a_terminal_when_read_then_it_is_asked_for() {
        assertThat(parse(Map.of(), "entered").account().apiKey()).isEqualTo("entered");
        assertThat(questions).containsExactly("API key: ");
    }

    @Test
    void given_a_user_when_read_then_the_password_is_asked_for_and_a_key_is_not_needed() {
        Account account = parse(Map.of(), "entered", "--username=ann").account();

        assertThat(account.username()).isEqualTo("ann");
        assertThat(account.password()).isEqualTo("entered");
        assertThat(account.apiKey()).isNull();
        assertThat(questions).containsExactly("Password of ann: ");
        assertThat(parse(Map.of("CLINICEA_PASSWORD", "of-variable"), null, "--username=ann")
                        .account()
                        .password())
                .isEqualTo("of-variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--base-url=http://localhost:1", "--api-key= ", "--username=ann"})
    void given_no_secret_and_no_terminal_when_read_then_the_message_says_what_to_give(String argument) {
        ApiKeyOptions options = parse(Map.of(KEY, ""), null, argument);

        assertThatThrownBy(options::account)
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("Missing ")
                .hasMessageContaining("set the variable CLINICEA_")
                .hasMessageContaining("or give --");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.clinicea.com",
                "ftp://api.clinicea.com",
                "https://",
                "https://ann:canary@api.clinicea.com",
                "https://api.clinicea.com?api_key=canary",
                "https://api.clinicea.com/#canary",
                "https://api .clinicea.com",
                ""
            })
    void given_a_wrong_address_when_read_then_the_option_is_named_and_its_value_is_not_printed(String url) {
        ApiKeyOptions options = parse(Map.of(KEY, "key"), null, "--base-url=" + url);

        assertThatThrownBy(options::account)
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--base-url must be an address")
                .hasMessageNotContaining("canary");
    }

    @Test
    void given_an_account_when_added_then_the_component_has_it_and_a_text_does_not() {
        CliniceaConfiguration configuration = new CliniceaConfiguration();
        Account account = new Account("http://localhost:1", "canary-key", "canary-user", "canary-password");

        account.addTo(configuration);

        assertThat(configuration.getBaseUrl()).isEqualTo("http://localhost:1");
        assertThat(configuration.getApiKey()).isEqualTo("canary-key");
        assertThat(configuration.getUsername()).isEqualTo("canary-user");
        assertThat(configuration.getPassword()).isEqualTo("canary-password");
        assertThat(account).hasToString("Account[http://localhost:1]");
    }
}
