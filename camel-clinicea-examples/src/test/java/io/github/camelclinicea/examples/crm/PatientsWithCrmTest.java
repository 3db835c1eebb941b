/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

class PatientsWithCrmTest {
    private static final String FROM_CLINICEA = "fromClinicea";
    private static final String TO_CLINICEA = "toClinicea";
    private static final String PATIENTS = "/api/v1/patients.*";

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(3).appointments(0));

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final Main main = new Main();
    private final AtomicBoolean crashing = new AtomicBoolean();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger rootLogger = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender = new AbstractAppender("crm", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.add(event.getMessage().getFormattedMessage() + event.getThrown());
        }
    };

    @BeforeEach
    void start() throws Exception {
        appender.start();
        rootLogger.addAppender(appender);
        dataSource.setJdbcUrl("jdbc:h2:mem:crm");
        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("crm/tables.sql"));
        }
        main.bind("dataSource", dataSource);
        main.bind("syncState", new JdbcMessageIdRepository(dataSource, "crm"));
        main.configure().addRoutesBuilder(new PatientsWithCrm(dataSource));
        main.addInitialProperty("clinicea.api-key", clinicea.apiKey());
        main.addInitialProperty("crm.delay", "20");
        main.addInitialProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        main.addInitialProperty("camel.component.clinicea.configuration.response-timeout", "2000");
        main.addInitialProperty("camel.component.clinicea.configuration.max-retries", "0");
        main.init();
        main.getCamelContext().getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint instanceof ScheduledPollEndpoint polled) {
                polled.setInitialDelay(0);
            }
            return endpoint;
        });
        crashBefore("createPatient", "storeId");
        crashBefore("updatePatient", "storeVersion");
        main.start();
        settle();
    }

    @AfterEach
    void stop() {
        main.stop();
        jdbc.execute("SHUTDOWN");
        dataSource.close();
        rootLogger.removeAppender(appender);
        appender.stop();
        assertThat(String.join("\n", logged))
                .doesNotContain("Ada", "Example", "555-01", "example.invalid", clinicea.apiKey());
    }

    private void crashBefore(String route, String id) throws Exception {
        AdviceWith.adviceWith(
                main.getCamelContext(),
                route,
                advice -> advice.weaveById(id).before().process(exchange -> {
                    if (crashing.getAndSet(false)) {
                        throw new IllegalStateException("the process ends here");
                    }
                }));
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) main.getCamelContext().getRoute(FROM_CLINICEA).getConsumer();
    }

    private ScheduledPollConsumer crmConsumer() {
        return (ScheduledPollConsumer)
                main.getCamelContext().getRoute(TO_CLINICEA).getConsumer();
    }

    private static ConditionFactory within30Seconds() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    /** Waits until all changes have arrived, and for several further polls in which changes could go on. */
    private void settle() {
        awaitPolls(3);
        within30Seconds().until(() -> count("crm_due") == 0);
        awaitPolls(3);
    }

    /** Waits for polls of both sides. */
    private void awaitPolls(int polls) {
        long ofClinicea = consumer().getCleanPolls() + polls;
        long ofTheCrm = crmConsumer().getCounter() + polls;
        within30Seconds()
                .until(() -> consumer().getCleanPolls() >= ofClinicea
                        && crmConsumer().getCounter() >= ofTheCrm);
    }

    private long enter() {
        jdbc.update("INSERT INTO crm_patients (first_name, last_name, mobile, email)"
                + " VALUES ('Ada', 'Example', '555-0117', 'ada@example.invalid')");
        return jdbc.queryForObject("SELECT MAX(id) FROM crm_patients", Long.class);
    }

    private void edit(Object id, String column, String value) {
        jdbc.update("UPDATE crm_patients SET " + column + " = ?, version = version + 1 WHERE id = ?", value, id);
    }

    private int count(String table) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Integer.class);
    }

    private Map<String, Object> row(Object id) {
        return jdbc.queryForMap("SELECT * FROM crm_patients WHERE id = ?", id);
    }

    private Map<String, Object> rowOf(String cliniceaId) {
        return jdbc.queryForMap("SELECT * FROM crm_patients WHERE clinicea_id = ?", cliniceaId);
    }

    private String anyone() {
        return clinicea.clinic().ids("patients").get(0);
    }

    private Map<String, Object> patient(Object cliniceaId) {
        return clinicea.clinic().row("patients", (String) cliniceaId).orElseThrow();
    }

    private List<String> writes() {
        return clinicea.sandbox().wireMock().getAllServeEvents().stream()
                .map(event -> event.getRequest().getMethod().toString())
                .filter(method -> !method.equals("GET"))
                .toList();
    }

    private StubMapping creates(ResponseDefinitionBuilder answer) {
        return clinicea.sandbox()
                .wireMock()
                .stubFor(post(urlPathMatching(PATIENTS)).willReturn(answer));
    }

    private StubMapping updates(ResponseDefinitionBuilder answer) {
        return clinicea.sandbox()
                .wireMock()
                .stubFor(put(urlPathMatching(PATIENTS)).willReturn(answer));
    }

    private static ResponseDefinitionBuilder answeredAfter(int millis) {
        return aResponse().withTransformers(CliniceaSandbox.TRANSFORMER).withFixedDelay(millis);
    }

    private void assertAlike() {
        List<Map<String, Object>> patients = clinicea.clinic().rows("patients");
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM crm_patients WHERE NOT deleted", Integer.class))
                .isEqualTo(patients.size());
        assertThat(patients).allSatisfy(patient -> {
            Map<String, Object> row = rowOf((String) patient.get("PatientID"));
            assertThat(row.get("first_name")).isEqualTo(text(patient.get("FirstName")));
            assertThat(row.get("last_name")).isEqualTo(text(patient.get("LastName")));
            assertThat(row.get("mobile")).isEqualTo(text(patient.get("Mobile")));
            assertThat(row.get("email")).isEqualTo(text(patient.get("Email")));
            assertThat(row.get("sent_version")).isEqualTo(row.get("version"));
        });
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    @Test
    void given_a_clinic_when_the_sync_begins_then_the_crm_has_its_patients_and_nothing_is_written_to_it() {
        assertThat(count("crm_patients")).isEqualTo(3);
        assertAlike();
        assertThat(writes()).isEmpty();
    }

    @Test
    void given_a_new_patient_in_the_crm_when_polled_then_clinicea_has_it_once_and_nothing_comes_back() {
        long id = enter();
        settle();

        assertThat(patient(row(id).get("clinicea_id")))
                .containsEntry("FirstName", "Ada")
                .containsEntry("Notes", "CRM " + id);
        assertAlike();
        assertThat(row(id)).containsEntry("version", 1);
        assertThat(writes()).containsExactly("POST");
    }

    @Test
    void given_a_new_patient_in_clinicea_when_polled_then_the_crm_has_it_once_and_it_is_not_sent_back() {
        Object notWaiting = rowOf(anyone()).get("id");

        clinicea.clinic()
                .add("patients", Map.of("FirstName", "Ada", "Mobile", "555-0117", "Notes", "CRM " + notWaiting));
        settle();

        assertThat(count("crm_patients")).isEqualTo(4);
        assertAlike();
        assertThat(writes()).isEmpty();
    }

    @Test
    void given_an_edit_in_the_crm_when_polled_then_it_is_sent_once_and_does_not_come_back() throws Exception {
        Map<String, Object> before = patient(anyone());
        Map<String, Object> row = rowOf(anyone());

        // A poll between the write and its mark would receive the echo, too. With such a short delay that happens.
        main.getCamelContext().getRouteController().stopRoute(FROM_CLINICEA);
        long delivered = consumer().getDeliveredRows();
        edit(row.get("id"), "mobile", "555-0117");
        within30Seconds().until(() -> count("crm_due") == 0);
        main.getCamelContext().getRouteController().startRoute(FROM_CLINICEA);
        settle();

        assertAlike();
        assertThat(patient(anyone()))
                .containsEntry("Mobile", "555-0117")
                .containsEntry("Notes", before.get("Notes"))
                .containsEntry("City", before.get("City"));
        assertThat(rowOf(anyone())).containsEntry("version", 2);
        assertThat(writes()).containsExactly("PUT");
        assertThat(consumer().getEchoesDropped()).isEqualTo(1);
        assertThat(consumer().getDeliveredRows())
                .as("none since the route was started again")
                .isEqualTo(delivered);
    }

    @Test
    void given_an_edit_in_clinicea_when_polled_then_the_crm_has_it_and_it_is_not_sent_back() {
        clinicea.clinic().change("patients", anyone(), Map.of("Mobile", "555-0117"));
        settle();

        assertAlike();
        assertThat(rowOf(anyone())).containsEntry("mobile", "555-0117").containsEntry("version", 1);
        assertThat(writes()).isEmpty();
    }

    @Test
    void given_edits_on_both_sides_in_turn_when_polled_then_each_arrives() {
        Object id = rowOf(anyone()).get("id");
        for (int i = 0; i < 3; i++) {
            edit(id, "mobile", "555-011" + i);
            settle();
            clinicea.clinic().change("patients", anyone(), Map.of("Mobile", "555-012" + i));
            settle();

            assertThat(row(id)).containsEntry("mobile", "555-012" + i).containsEntry("version", i + 2);
        }
        assertAlike();
        assertThat(writes()).containsExactly("PUT", "PUT", "PUT");
        assertThat(count("crm_overruled")).isZero();
    }

    /** Makes one of the sides slower to receive the other's change. */
    @ParameterizedTest
    @ValueSource(strings = {FROM_CLINICEA, TO_CLINICEA})
    void given_edits_of_different_fields_on_both_sides_at_once_when_polled_then_both_have_both(String slower)
            throws Exception {
        editBothAtOnce(slower, Map.of("Email", "ada@example.invalid"));

        assertThat(rowOf(anyone()))
                .containsEntry("mobile", "555-0117")
                .containsEntry("email", "ada@example.invalid")
                .containsEntry("version", 2);
        assertThat(count("crm_overruled")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {FROM_CLINICEA, TO_CLINICEA})
    void given_edits_of_one_field_on_both_sides_at_once_when_polled_then_the_crms_stays_and_the_other_is_noted(
            String slower) throws Exception {
        editBothAtOnce(slower, Map.of("Mobile", "555-0199"));

        assertThat(patient(anyone())).containsEntry("Mobile", "555-0117");
        assertThat(jdbc.queryForMap("SELECT crm_id, field, entered FROM crm_overruled"))
                .containsEntry("crm_id", rowOf(anyone()).get("id"))
                .containsEntry("field", "Mobile")
                .containsEntry("entered", "555-0199");
    }

    @ParameterizedTest
    @ValueSource(strings = {FROM_CLINICEA, TO_CLINICEA})
    void given_the_same_edit_on_both_sides_at_once_when_polled_then_there_is_nothing_to_note_or_to_send(String slower)
            throws Exception {
        Object id = rowOf(anyone()).get("id");
        main.getCamelContext().getRouteController().stopRoute(slower);
        clinicea.clinic().change("patients", anyone(), Map.of("Mobile", "555-0117"));
        edit(id, "mobile", "555-0117");
        main.getCamelContext().getRouteController().startRoute(slower);
        settle();

        assertAlike();
        assertThat(writes()).isEmpty();
        assertThat(count("crm_overruled")).isZero();
    }

    private void editBothAtOnce(String slower, Map<String, String> inClinicea) throws Exception {
        Object id = rowOf(anyone()).get("id");
        main.getCamelContext().getRouteController().stopRoute(slower);
        clinicea.clinic().change("patients", anyone(), inClinicea);
        jdbc.update("UPDATE crm_patients SET mobile = '555-0117', version = version + 1 WHERE id = ?", id);
        if (slower.equals(FROM_CLINICEA)) {
            within30Seconds().until(() -> count("crm_due") == 0);
        } else {
            long polls = consumer().getCleanPolls() + 2;
            within30Seconds().until(() -> consumer().getCleanPolls() >= polls);
            assertThat(count("crm_due")).isEqualTo(1);
        }
        main.getCamelContext().getRouteController().startRoute(slower);
        settle();

        assertAlike();
        assertThat(writes()).containsExactly("PUT");
    }

    @Test
    void given_an_edit_in_the_crm_while_an_earlier_one_is_being_sent_then_it_is_sent_too() {
        Object id = rowOf(anyone()).get("id");
        updates(answeredAfter(1_000));
        edit(id, "mobile", "555-0117");
        within30Seconds().until(() -> patient(anyone()).get("Mobile").equals("555-0117"));

        edit(id, "mobile", "555-0118");
        settle();

        assertThat(patient(anyone())).containsEntry("Mobile", "555-0118");
        assertAlike();
        assertThat(writes()).containsExactly("PUT", "PUT");
    }

    @Test
    void given_an_edit_in_clinicea_while_one_of_the_crm_is_being_sent_then_it_and_later_ones_arrive() {
        updates(answeredAfter(1_000));
        edit(rowOf(anyone()).get("id"), "mobile", "555-0117");
        within30Seconds().until(() -> patient(anyone()).get("Mobile").equals("555-0117"));

        clinicea.clinic().change("patients", anyone(), Map.of("Email", "ada@example.invalid"));
        settle();
        clinicea.clinic().change("patients", anyone(), Map.of("Email", "ada.example@example.invalid"));
        settle();

        assertThat(rowOf(anyone())).containsEntry("email", "ada.example@example.invalid");
        assertAlike();
        assertThat(writes()).containsExactly("PUT");
    }

    @Test
    void given_a_new_patient_whose_notes_are_edited_before_the_answer_then_there_is_still_one_row() {
        creates(answeredAfter(1_000));
        enter();
        within30Seconds().until(() -> clinicea.clinic().ids("patients").size() == 4);

        clinicea.clinic().change("patients", clinicea.clinic().ids("patients").get(3), Map.of("Notes", "by the desk"));
        settle();

        assertThat(count("crm_patients")).isEqualTo(4);
        assertAlike();
        assertThat(writes()).containsExactly("POST");
    }

    @Test
    void given_a_patient_who_is_deleted_in_clinicea_when_polled_then_the_row_is_marked_and_not_sent_any_more() {
        String cliniceaId = anyone();
        Map<String, Object> before = rowOf(cliniceaId);

        clinicea.clinic().delete("patients", cliniceaId);
        settle();
        edit(before.get("id"), "mobile", "555-0117");
        settle();

        assertThat(rowOf(cliniceaId))
                .containsEntry("deleted", true)
                .containsEntry("first_name", before.get("first_name"))
                .containsEntry("mobile", "555-0117");
        assertThat(count("crm_patients")).isEqualTo(3);
        assertThat(writes()).isEmpty();
    }

    @Test
    void given_a_patient_who_is_deleted_in_clinicea_and_edited_in_the_crm_at_once_then_nothing_is_written()
            throws Exception {
        String cliniceaId = anyone();
        Object id = rowOf(cliniceaId).get("id");
        main.getCamelContext().getRouteController().stopRoute(FROM_CLINICEA);
        clinicea.clinic().delete("patients", cliniceaId);
        edit(id, "mobile", "555-0117");
        long requests = clinicea.sandbox().requests();
        within30Seconds().until(() -> clinicea.sandbox().requests() >= requests + 2);
        main.getCamelContext().getRouteController().startRoute(FROM_CLINICEA);
        settle();

        assertThat(rowOf(cliniceaId)).containsEntry("deleted", true).containsEntry("mobile", "555-0117");
        assertThat(writes()).isEmpty();
    }

    @Test
    void given_a_create_whose_answer_comes_too_late_when_the_patient_comes_then_its_row_is_found() {
        creates(answeredAfter(4_000));

        long id = enter();
        within30Seconds().until(() -> row(id).get("clinicea_id") != null);
        settle();

        assertAlike();
        assertThat(writes()).containsExactly("POST");
    }

    @Test
    void given_a_create_that_broke_off_before_it_arrived_then_its_row_waits_for_somebody_to_look() {
        creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        long id = enter();
        settle();
        edit(id, "mobile", "555-0118");
        settle();

        assertThat(writes()).containsExactly("POST");
        assertThat(jdbc.queryForList("SELECT id FROM crm_waiting", Long.class)).containsExactly(id);
        assertThat(logged).anySatisfy(line -> assertThat(line).contains("OutcomeUnknown"));
    }

    @Test
    void given_a_row_that_waits_when_it_is_released_then_it_is_sent() {
        StubMapping fault = creates(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        long id = enter();
        settle();
        clinicea.sandbox().wireMock().removeStub(fault);

        jdbc.update("UPDATE crm_patients SET sent_version = 0 WHERE id = ? AND clinicea_id IS NULL", id);
        settle();

        assertAlike();
    }

    @Test
    void given_a_create_that_is_refused_when_it_is_not_any_more_then_it_is_sent_again() {
        StubMapping refusal = creates(aResponse().withStatus(401));
        long id = enter();
        within30Seconds().until(() -> writes().size() >= 2);
        assertThat(count("crm_patients")).isEqualTo(4);
        clinicea.sandbox().wireMock().removeStub(refusal);
        settle();

        assertThat(row(id).get("clinicea_id")).isNotNull();
        assertAlike();
    }

    @Test
    void given_an_update_that_is_refused_when_it_is_not_any_more_then_it_is_sent_again() {
        StubMapping refusal = updates(aResponse().withStatus(400));
        edit(rowOf(anyone()).get("id"), "mobile", "555-0117");
        within30Seconds().until(() -> writes().size() >= 2);
        assertThat(count("crm_due")).isEqualTo(1);
        clinicea.sandbox().wireMock().removeStub(refusal);
        settle();

        assertThat(patient(anyone())).containsEntry("Mobile", "555-0117");
        assertAlike();
    }

    @Test
    void given_an_update_whose_answer_comes_too_late_when_polled_again_then_it_is_not_sent_again() {
        updates(answeredAfter(4_000));

        edit(rowOf(anyone()).get("id"), "mobile", "555-0117");
        settle();

        assertThat(patient(anyone())).containsEntry("Mobile", "555-0117");
        assertAlike();
        assertThat(writes()).containsExactly("PUT");
        assertThat(logged).anySatisfy(line -> assertThat(line).contains("It may have been done"));
    }

    @Test
    void given_a_crash_between_the_create_and_storing_the_id_when_the_patient_comes_then_its_row_is_found() {
        crashing.set(true);

        long id = enter();
        within30Seconds().until(() -> row(id).get("clinicea_id") != null);
        settle();

        assertThat(crashing).isFalse();
        assertAlike();
        assertThat(writes()).containsExactly("POST");
    }

    @Test
    void given_a_crash_between_an_update_and_storing_that_it_was_sent_then_it_is_not_sent_again() {
        crashing.set(true);

        edit(rowOf(anyone()).get("id"), "mobile", "555-0117");
        settle();

        assertThat(crashing).isFalse();
        assertAlike();
        assertThat(writes()).containsExactly("PUT");
    }

    @Test
    void given_rows_of_patients_who_were_in_both_before_when_linked_by_hand_then_they_are_made_alike() {
        String cliniceaId = (String) clinicea.clinic()
                .add("patients", Map.of("FirstName", "Ada", "Mobile", "555-0117"))
                .get("PatientID");
        settle();
        jdbc.update("DELETE FROM crm_patients WHERE clinicea_id = ?", cliniceaId);

        jdbc.update(
                "INSERT INTO crm_patients (first_name, mobile, clinicea_id) VALUES ('Ada', '555-0118', ?)", cliniceaId);
        settle();

        assertThat(patient(cliniceaId)).containsEntry("Mobile", "555-0118");
        assertThat(jdbc.queryForList("SELECT entered FROM crm_overruled", String.class))
                .containsExactly("555-0117");
        assertAlike();
    }
}
