/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class DatabaseOptionsTest {
    private static final String URL = "--jdbc-url=jdbc:postgresql://host/clinic";

    private final List<String> questions = new ArrayList<>();
    private String answer = "entered";
    private Map<String, String> environment = Map.of();

    @Command(name = "test")
    private static final class TestCommand {
        @Mixin
        private final DatabaseOptions database;

        TestCommand(DatabaseOptions database) {
            this.database = database;
        }
    }

    private DatabaseOptions options(String... arguments) {
        DatabaseOptions options = new DatabaseOptions(environment, question -> {
            questions.add(question);
            return answer;
        });
        new CommandLine(new TestCommand(options)).parseArgs(arguments);
        return options;
    }

    @Test
    void given_a_password_without_a_value_when_asked_then_the_entered_one_is_used_and_known_as_a_secret() {
        environment = Map.of(DatabaseOptions.PASSWORD_VARIABLE, "variable");
        DatabaseOptions options = options(URL, "--jdbc-password", "--jdbc-user=ann");

        assertThat(options.address().password()).isEqualTo("entered");
        assertThat(options.entered()).containsExactly("entered");
        assertThat(questions).hasSize(1);
    }

    @Test
    void given_a_password_with_a_value_when_read_then_nothing_is_asked() {
        assertThat(options(URL, "--jdbc-password=given").address().password()).isEqualTo("given");
        assertThat(options(URL, "--jdbc-password", "given").address().password())
                .isEqualTo("given");
        assertThat(options(URL, "--jdbc-password=").address().password()).isEmpty();
        assertThat(questions).isEmpty();
    }

    @Test
    void given_no_password_when_read_then_that_of_the_variable_is_used() {
        environment = Map.of(DatabaseOptions.PASSWORD_VARIABLE, "variable");

        assertThat(options(URL).address().password()).isEqualTo("variable");
        assertThat(questions).isEmpty();
    }

    @Test
    void given_no_terminal_when_a_password_is_to_be_entered_then_the_message_names_the_ways_to_give_one() {
        answer = null;
        DatabaseOptions options = options(URL, "--jdbc-password");

        assertThatThrownBy(options::address)
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--jdbc-password=PASSWORD")
                .hasMessageContaining(DatabaseOptions.PASSWORD_VARIABLE);
    }
}
