/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hours;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Runs the routes until their triggers fire by the clock. */
class OpeningHoursTest {
    private static final String EACH_SECOND = "* * * * * ?";
    private static final String ON_NEW_YEARS_DAY = "0 0 3 1 1 ?";

    /** Is how the routes are written. */
    enum Language {
        JAVA(main -> main.configure().addRoutesBuilder(new OpeningHours())),
        YAML(main -> main.configure().withRoutesIncludePattern("classpath:routes/opening-hours.yaml"));

        private final Consumer<Main> routes;

        Language(Consumer<Main> routes) {
            this.routes = routes;
        }
    }

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(230));

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private Main main;

    @BeforeEach
    void makeTables() throws Exception {
        dataSource.setJdbcUrl("jdbc:h2:mem:hours");
        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("hours/tables.sql"));
        }
    }

    @AfterEach
    void stop() {
        main.stop();
        jdbc.execute("SHUTDOWN");
        dataSource.close();
    }

    private void start(Language language, String pollAt, String checkAt) {
        main = new Main();
        main.bind("dataSource", dataSource);
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("clinic.poll-at", pollAt);
        main.addInitialProperty("clinic.check-at", checkAt);
        main.addInitialProperty("clinic.zone", "Asia/Kolkata");
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        language.routes.accept(main);
        main.start();
    }

    /** Returns the stamps of the patients in the database, by their ids. */
    private Map<String, String> stored() {
        return jdbc.queryForList("SELECT id, modified FROM patient").stream()
                .collect(Collectors.toMap(row -> (String) row.get("id"), row -> (String) row.get("modified")));
    }

    /** Returns the stamps of the patients in Clinicea, by their ids. */
    private Map<String, String> present() {
        return clinicea.clinic().ids("patients").stream().collect(Collectors.toMap(id -> id, id ->
                (String) clinicea.clinic().row("patients", id).orElseThrow().get("ModifiedDatetime")));
    }

    private ManagedRouteMBean managed(String route) {
        return main.getCamelContext()
                .getCamelContextExtension()
                .getContextPlugin(ManagedCamelContext.class)
                .getManagedRoute(route);
    }

    private long exchangesOf(String route) throws Exception {
        return managed(route).getExchangesCompleted();
    }

    private void awaitMirrored() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stored()).isEqualTo(present()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void given_a_cron_of_each_second_when_it_fires_then_patients_come_and_changes_and_deletions_follow(
            Language language) throws Exception {
        start(language, EACH_SECOND, ON_NEW_YEARS_DAY);
        awaitMirrored();
        List<String> ids = clinicea.clinic().ids("patients");

        clinicea.clinic().change("patients", ids.get(3));
        clinicea.clinic().delete("patients", ids.get(5));
        clinicea.clinic().add("patients");

        awaitMirrored();
        assertThat(exchangesOf("check")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void given_records_that_differ_when_the_check_fires_then_it_corrects_them_and_delivers_no_other(Language language)
            throws Exception {
        start(language, EACH_SECOND, ON_NEW_YEARS_DAY);
        awaitMirrored();
        main.stop();
        List<String> keys = jdbc.queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class);
        List<String> ids = clinicea.clinic().ids("patients");
        jdbc.update("DELETE FROM patient WHERE id = ?", ids.get(0));
        jdbc.update("UPDATE patient SET modified = '2001-01-01T00:00:00' WHERE id = ?", ids.get(1));
        jdbc.update("INSERT INTO patient (id, modified) VALUES ('never-there', '2026-01-01T00:00:00')");
        clinicea.clinic().delete("patients", ids.get(2));

        start(language, ON_NEW_YEARS_DAY, EACH_SECOND);

        awaitMirrored();
        await().atMost(Duration.ofSeconds(30)).until(() -> exchangesOf("check") >= 2);
        assertThat(exchangesOf("savePatient")).as("only the two that differ").isEqualTo(2);
        assertThat(jdbc.queryForList("SELECT messageId FROM CAMEL_MESSAGEPROCESSED", String.class))
                .as("the state of the sync")
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void given_a_version_newer_than_a_late_one_when_the_late_one_is_saved_then_the_newer_one_stays(Language language) {
        start(language, ON_NEW_YEARS_DAY, ON_NEW_YEARS_DAY);
        for (String stamp : List.of("2026-05-01T10:00:00", "2026-05-01T09:00:00")) {
            main.getCamelContext()
                    .createProducerTemplate()
                    .sendBody(
                            "direct:savePatient",
                            Map.of("PatientID", "p-1", "FirstName", "A", "LastName", "B", "ModifiedDatetime", stamp));
        }

        assertThat(stored()).isEqualTo(Map.of("p-1", "2026-05-01T10:00:00"));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void given_a_list_that_breaks_off_when_the_check_fires_then_it_changes_nothing(Language language) {
        start(language, EACH_SECOND, ON_NEW_YEARS_DAY);
        awaitMirrored();
        main.stop();
        Map<String, String> before = stored();
        clinicea.clinic().delete("patients", clinicea.clinic().ids("patients").get(2));
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v1/patients"))
                        .withQueryParam("intPageNo", equalTo("2"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(400)));

        start(language, ON_NEW_YEARS_DAY, EACH_SECOND);

        await().atMost(Duration.ofSeconds(30)).until(() -> managed("check").getExchangesFailed() >= 1);
        assertThat(stored()).isEqualTo(before);
    }
}
