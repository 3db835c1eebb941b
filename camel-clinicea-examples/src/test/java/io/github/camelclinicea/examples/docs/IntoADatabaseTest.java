/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs camel-main with the route, the statement and the properties of docs/how-to/into-a-database.md. */
class IntoADatabaseTest {
    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(250));

    private static final Path PAGE = Path.of("../docs/how-to/into-a-database.md");

    @TempDir
    private Path folder;

    @Test
    void given_the_route_of_the_page_when_it_has_polled_then_each_patient_is_in_the_table() throws Exception {
        Properties properties = propertiesOfThePage();
        properties.replaceAll((name, value) ->
                value.toString().replace("./clinic", folder.resolve("clinic").toString()));
        properties.setProperty("camel.component.clinicea.configuration.api-key", clinicea.apiKey());
        properties.setProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        properties.setProperty("camel.main.routes-include-pattern", "classpath:routes/into-a-database.yaml");
        Main main = new Main();
        main.setInitialProperties(properties);
        try {
            main.start();

            JdbcTemplate database =
                    new JdbcTemplate(main.lookupByType(DataSource.class).get("dataSource"));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(database.queryForList("SELECT id FROM patient", String.class))
                            .hasSameSizeAs(clinicea.clinic().ids("patients")));
            assertThat(database.queryForList("SELECT id FROM patient", String.class))
                    .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients"));
            assertThat(database.queryForObject(
                            "SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED WHERE messageId LIKE 'patients#%'",
                            Integer.class))
                    .isEqualTo(250);
        } finally {
            main.stop();
        }
    }

    @Test
    void given_the_statement_of_the_page_when_compared_with_the_file_then_they_are_the_same() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(Files.readString(Path.of("src/main/resources/sql/save-patient.sql"))
                        .strip());
    }

    private static Properties propertiesOfThePage() throws IOException {
        Matcher fence =
                Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(fence.find()).isTrue();
        Properties properties = new Properties();
        properties.load(new StringReader(fence.group(1)));
        return properties;
    }
}
