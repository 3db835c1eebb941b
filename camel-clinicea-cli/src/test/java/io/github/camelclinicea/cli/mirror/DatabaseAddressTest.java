/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host:5432/clinic?user=u&password=canary, jdbc:postgresql://host:5432/clinic",
        "jdbc:postgresql://u:canary@host/clinic, jdbc:postgresql://host/clinic",
        "jdbc:postgresql://u:can/canary@host/clinic, jdbc:postgresql://host/clinic",
        "jdbc:postgresql://u:can@canary@host/clinic, jdbc:postgresql://host/clinic",
        "jdbc:h2:mem:clinic;PASSWORD=canary, jdbc:h2:mem:clinic",
        "jdbc:h2:tcp://host/clinic;USER=canary, jdbc:h2:tcp://host/clinic",
        "jdbc:h2:file:/data/clinic;PASSWORD=canary, jdbc:h2:file:/data/clinic",
        "jdbc:h2:/data/../clinic, jdbc:h2:file:/clinic",
    })
    void given_a_url_when_shown_then_it_has_no_credentials(String url, String shown) {
        DatabaseAddress address = new DatabaseAddress(url, null, "canary");

        assertThat(address.shown()).isEqualTo(shown);
        assertThat(address).asString().doesNotContain("canary");
    }

    @Test
    void given_a_relative_file_when_shown_then_its_path_is_absolute() {
        Path file = Path.of("target/clinic.mv.db").toAbsolutePath();

        assertThat(new DatabaseAddress("jdbc:h2:./target/clinic", null, null).file())
                .hasValue(file);
        assertThat(DatabaseAddress.ofFile(Path.of("target/clinic")).file()).hasValue(file);
        assertThat(new DatabaseAddress("jdbc:h2:~/clinic", null, null).file())
                .hasValue(Path.of(System.getProperty("user.home"), "clinic.mv.db"));
    }

    @Test
    void given_an_h2_file_when_opened_then_its_url_has_the_settings_that_it_lacks() {
        assertThat(new DatabaseAddress("jdbc:h2:./clinic;write_delay=5", null, null).driverUrl())
                .isEqualTo("jdbc:h2:./clinic;write_delay=5;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0"
                        + ";DB_CLOSE_ON_EXIT=FALSE");
        assertThat(new DatabaseAddress("jdbc:h2:./clinic;AUTO_SERVER=TRUE", null, null).driverUrl())
                .doesNotContain("DB_CLOSE_ON_EXIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:clinic", "jdbc:h2:tcp://host/clinic", "jdbc:postgresql://host/clinic"})
    void given_another_database_when_opened_then_its_url_is_as_given(String url) {
        assertThat(new DatabaseAddress(url, null, null).driverUrl()).isEqualTo(url);
    }

    @Test
    void given_no_user_when_shown_then_h2_has_its_own_unless_the_url_has_one() {
        assertThat(new DatabaseAddress("jdbc:h2:./clinic", null, null).shownUser())
                .isEqualTo("sa");
        assertThat(new DatabaseAddress("jdbc:h2:./clinic;user=ann", null, null).shownUser())
                .isNull();
        assertThat(new DatabaseAddress("jdbc:postgresql://host/clinic", null, null).shownUser())
                .isNull();
        assertThat(new DatabaseAddress("jdbc:h2:./clinic", "bob", null).shownUser())
                .isEqualTo("bob");
    }

    @Test
    void given_a_message_with_the_url_or_the_password_when_hidden_then_neither_is_left() {
        DatabaseAddress address = new DatabaseAddress("jdbc:h2:mem:x;PASSWORD=canary", null, "other");

        assertThat(address.hideIn("wrong: jdbc:h2:mem:x;PASSWORD=canary")).isEqualTo("wrong: jdbc:h2:mem:x");
        assertThat(address.hideIn("wrong: other")).isEqualTo("wrong: ***");
        assertThat(address.hideIn("wrong: JDBC:H2:mem:x;Password=canary")).doesNotContain("canary");
    }
}
