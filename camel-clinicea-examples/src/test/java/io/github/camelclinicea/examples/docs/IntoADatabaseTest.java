/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Builds the project that docs/how-to/into-a-database.md shows, in each of its dialects, and runs it. The page on
 * Kamelets changes one of its files. */
class IntoADatabaseTest {
    private static final Path PAGE = Path.of("../docs/how-to/into-a-database.md");
    private static final Path KAMELETS = Path.of("../docs/how-to/kamelets.md");

    private static final Duration A_WHILE = Duration.ofMinutes(1);
    private static final String PROPERTIES = "src/main/resources/application.properties";
    private static final String YAML = "src/main/resources/camel/patients.yaml";
    private static final String XML = "src/main/resources/camel/patients.xml";
    private static final String JAVA = "src/main/java/com/example/ClinicRoutes.java";
    private static final String SAVE = "src/main/resources/sql/save-patient.sql";

    /** As many patients as the sandbox of the page's command has. */
    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(250));

    @TempDir
    private Path folder;

    private PageProject project;

    @BeforeEach
    void readThePage() throws IOException {
        project = PageProject.of(PAGE)
                .with(YAML, "delay: 5s", "delay: 100")
                .with(XML, "delay=5s", "delay=100")
                .with(JAVA, "delay=5s", "delay=100")
                .with(PROPERTIES, "jdbc:h2:./clinic", "jdbc:h2:" + folder.resolve("clinic"))
                .with(PROPERTIES, "http://localhost:8080", clinicea.baseUrl())
                .with(PROPERTIES, "{{env:CLINICEA_API_KEY}}", clinicea.apiKey());
    }

    @Test
    void given_the_project_in_yaml_when_patients_change_then_the_table_follows() throws Exception {
        run(project.without(XML).without(JAVA));
    }

    @Test
    void given_the_project_in_java_when_patients_change_then_the_table_follows() throws Exception {
        run(project.without(YAML)
                .without(XML)
                .with(
                        PROPERTIES,
                        "camel.main.routes-include-pattern = classpath:camel/*.yaml",
                        quoted("camel.main.base-package-scan = com.example")));
    }

    @Test
    void given_the_project_in_xml_when_patients_change_then_the_table_follows() throws Exception {
        run(project.without(YAML)
                .without(JAVA)
                .with(PROPERTIES, "classpath:camel/*.yaml", quoted("classpath:camel/*.xml")));
    }

    @Test
    void given_the_project_with_the_kamelet_when_patients_change_then_the_table_follows() throws Exception {
        String properties = block(section(KAMELETS, "## Into a database"), "properties")
                .replace("http://localhost:8080", clinicea.baseUrl())
                .replace("{{env:CLINICEA_API_KEY}}", clinicea.apiKey());
        run(project.without(XML)
                .without(JAVA)
                .with(PROPERTIES, project.file(PROPERTIES) + properties)
                .with(
                        YAML,
                        PageProject.of(KAMELETS)
                                .with(YAML, "period: 5s", "period: 100")
                                .file(YAML)));
    }

    @Test
    void given_the_project_on_postgresql_when_patients_change_then_the_table_follows() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            new JdbcTemplate(postgres.getPostgresDatabase()).execute(project.file("src/main/resources/sql/tables.sql"));
            String section = section(PAGE, "## On PostgreSQL");
            Properties connection = PageProject.properties(block(section, "properties"));
            assertThat(connection.replace(
                            "camel.beans.dataSource.jdbcUrl", postgres.getJdbcUrl("postgres", "postgres")))
                    .isEqualTo("jdbc:postgresql://localhost/clinic");
            connection.setProperty("camel.beans.dataSource.username", "postgres");
            assertThat(connection.remove("camel.beans.dataSource.password")).isNotNull();
            StringBuilder properties = new StringBuilder(project.file(PROPERTIES)
                    .lines()
                    .filter(line -> !line.startsWith("camel.beans.dataSource."))
                    .reduce("", (text, line) -> text + line + "\n"));
            connection.forEach((name, value) ->
                    properties.append(name).append(" = ").append(value).append('\n'));

            run(project.without(XML)
                    .without(JAVA)
                    .with(PROPERTIES, properties.toString())
                    .with(SAVE, block(section, "sql")));
        }
    }

    private void run(PageProject files) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader classes = files.build(folder)) {
            Thread.currentThread().setContextClassLoader(classes);
            Main main = new Main();
            try {
                main.start();
                assertTableFollows(
                        new JdbcTemplate(main.lookupByType(DataSource.class).get("dataSource")));
            } finally {
                main.stop();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private void assertTableFollows(JdbcTemplate database) throws IOException {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(database.queryForList("SELECT id FROM patient", String.class))
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients")));
        assertThat(Files.readString(PAGE))
                .contains("COUNT(*)\n" + clinicea.clinic().ids("patients").size() + "\n");
        // Without a transaction, the key of a row comes after the row.
        await().untilAsserted(() -> assertThat(database.queryForObject(
                        "SELECT COUNT(*) FROM CAMEL_MESSAGEPROCESSED WHERE processorName = 'clinicea'"
                                + " AND messageId LIKE 'patients#%'",
                        Integer.class))
                .isEqualTo(250));

        String changed = clinicea.clinic().ids("patients").get(7);
        String deleted = clinicea.clinic().ids("patients").get(8);
        clinicea.clinic().change("patients", changed, Map.of("FirstName", "Another"));
        clinicea.clinic().delete("patients", deleted);

        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(database.queryForList(
                                "SELECT id FROM patient WHERE first_name = 'Another'", String.class))
                        .containsExactly(changed));
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(database.queryForList("SELECT id FROM patient", String.class))
                        .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids("patients"))
                        .doesNotContain(deleted));
    }

    @Test
    void given_the_pom_of_the_page_when_compared_with_the_tests_then_they_ran_on_its_dependencies() throws IOException {
        String root = Files.readString(Path.of("../pom.xml"));
        String pom = project.file("pom.xml") + section(PAGE, "## On PostgreSQL");
        Matcher dependencies = Pattern.compile(
                        "<artifactId>(.*)</artifactId>\\s*<version>(.*)</version>\\s*</dependency>")
                .matcher(pom.replace("${camel.version}", property(pom, "camel.version")));
        int count = 0;
        while (dependencies.find()) {
            count++;
            assertThat(root).as(dependencies.group()).contains(">" + dependencies.group(2) + "<");
            assertThat(System.getProperty("java.class.path"))
                    .contains(
                            dependencies.group(1).startsWith("camel-clinicea")
                                    ? "/" + dependencies.group(1)
                                    : "/" + dependencies.group(1) + "-" + dependencies.group(2) + ".jar");
        }
        assertThat(count).isEqualTo(10);
        assertThat(property(root, "camel.version")).isEqualTo(property(pom, "camel.version"));
    }

    private static String property(String pom, String name) {
        Matcher property = Pattern.compile("<" + name + ">(.*)</" + name + ">").matcher(pom);
        assertThat(property.find()).isTrue();
        return property.group(1);
    }

    /** Returns a text that the page must have as code. */
    private static String quoted(String text) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + text + "`");
        return text;
    }

    private static String section(Path file, String heading) throws IOException {
        String page = Files.readString(file);
        int start = page.indexOf(heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        return page.substring(start, page.indexOf("\n## ", start));
    }

    private static String block(String section, String language) {
        Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(section);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
