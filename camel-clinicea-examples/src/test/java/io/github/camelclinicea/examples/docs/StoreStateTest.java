/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs camel-main with the properties and the beans of docs/how-to/store-state.md. */
class StoreStateTest {
    private static final Path PAGE = Path.of("../docs/how-to/store-state.md");

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(20));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0, clinicea", "1, clinic-1"})
    void given_the_pages_properties_when_a_route_has_polled_then_the_checkpoint_is_in_the_database(
            int block, String processorName) throws Exception {
        assertStateIsKept(propertiesOfThePage(block), "clinicea:patients?delay=100", processorName);
    }

    @Test
    void given_the_pages_yaml_when_a_route_has_polled_then_the_checkpoint_is_in_the_database() throws Exception {
        String name = "camel/state.yaml";
        Path yaml = folder.resolve("state.yaml");
        Files.writeString(yaml, PageProject.of(PAGE).file(name).replace("./clinic", folder.resolve("clinic") + ""));
        Properties properties = new Properties();
        properties.setProperty("camel.main.routes-include-pattern", "file:" + yaml);

        assertStateIsKept(properties, "clinicea:patients?delay=100&idempotentRepository=#syncState", "clinic-1");
    }

    private void assertStateIsKept(Properties properties, String endpoint, String processorName) throws Exception {
        properties.replaceAll((name, value) ->
                value.toString().replace("./clinic", folder.resolve("clinic").toString()));
        properties.setProperty("camel.component.clinicea.api-key", clinicea.apiKey());
        properties.setProperty("camel.component.clinicea.base-url", clinicea.baseUrl());
        Set<String> delivered = ConcurrentHashMap.newKeySet();
        Main main = new Main();
        main.setInitialProperties(properties);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(endpoint)
                        .process(exchange -> delivered.add(
                                exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        try {
            main.start();

            JdbcTemplate database =
                    new JdbcTemplate(main.lookupByType(DataSource.class).get("dataSource"));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(database.queryForList(
                                    "SELECT messageId FROM CAMEL_MESSAGEPROCESSED WHERE processorName = ?",
                                    String.class,
                                    processorName))
                            .anyMatch(key -> key.matches("patients@\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d")));
            assertThat(delivered).hasSameSizeAs(clinicea.clinic().ids("patients"));
        } finally {
            main.stop();
        }
    }

    private static Properties propertiesOfThePage(int block) throws IOException {
        Matcher fence =
                Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        for (int number = 0; number <= block; number++) {
            assertThat(fence.find()).isTrue();
        }
        Properties properties = new Properties();
        properties.load(new StringReader(fence.group(1)));
        return properties;
    }
}
