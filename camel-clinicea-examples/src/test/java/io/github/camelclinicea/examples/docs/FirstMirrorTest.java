/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs the project of the tutorial, {@code docs/start/first-mirror}, against the sandbox. */
class FirstMirrorTest {
    private static final Path RESOURCES = Path.of("../docs/start/first-mirror/src/main/resources");

    @RegisterExtension
    static final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(120));

    @TempDir
    private Path folder;

    @Test
    void given_the_tutorials_project_when_patients_change_then_its_table_follows() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader project =
                new URLClassLoader(new URL[] {RESOURCES.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(project);
            Main main = main();
            try {
                main.start();
                JdbcTemplate database =
                        new JdbcTemplate(main.lookupByType(DataSource.class).get("dataSource"));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> count(database, "TRUE")
                                == clinicea.clinic().ids("patients").size());
                String changed = clinicea.clinic().ids("patients").get(7);
                String deleted = clinicea.clinic().ids("patients").get(8);

                clinicea.clinic().change("patients", changed, Map.of("City", "Elsewhere"));
                clinicea.clinic().delete("patients", deleted);

                await().atMost(Duration.ofMinutes(1)).until(() -> count(database, "city = 'Elsewhere'") == 1);
                await().atMost(Duration.ofMinutes(1)).until(() -> count(database, "id = '" + deleted + "'") == 0);
                assertThat(folder.resolve("clinic.mv.db")).exists();
            } finally {
                main.stop();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Runs a main class that finds application.properties by itself. */
    private Main main() {
        Main main = new Main();
        main.addOverrideProperty("camel.component.clinicea.configuration.api-key", clinicea.apiKey());
        main.addOverrideProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addOverrideProperty("mirror.database", folder.resolve("clinic").toString());
        return main;
    }

    private static int count(JdbcTemplate database, String condition) {
        return database.queryForObject("SELECT COUNT(*) FROM patients WHERE " + condition, Integer.class);
    }
}
