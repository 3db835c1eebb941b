/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs a clinic, a database, a mail server and a stub of WhatsApp for the reminders. */
final class ReminderWorld implements AutoCloseable {
    static final String ZONE = "Europe/Berlin";
    static final String MESSAGES = "/v23.0/42/messages";
    static final CliniceaTimes TIMES = new CliniceaTimes(ZONE);

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    private static EmbeddedPostgres postgres;

    private final CliniceaSandbox sandbox =
            CliniceaSandbox.builder().patients(0).appointments(0).start();
    private final GreenMail mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final WireMockServer whatsApp =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final String database = "world" + NUMBERS.getAndIncrement();
    private final JdbcTemplate jdbc;

    ReminderWorld() throws IOException {
        new JdbcTemplate(postgres().getPostgresDatabase()).execute("CREATE DATABASE " + database);
        jdbc = new JdbcTemplate(postgres().getDatabase("postgres", database));
        mailServer.setUser("clinic@example.invalid", "clinic", "mail-password");
        mailServer.start();
        whatsApp.start();
        whatsApp.stubFor(
                post(urlPathEqualTo(MESSAGES)).willReturn(okJson("{\"messages\": [{\"id\": \"wamid.invented\"}]}")));
    }

    /** Returns the server that all tests of this JVM share. It ends with the JVM. */
    private static synchronized EmbeddedPostgres postgres() throws IOException {
        if (postgres == null) {
            postgres = EmbeddedPostgres.start();
        }
        return postgres;
    }

    /** Returns the properties that let the application run here, with short waits and without quiet hours. */
    Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        properties.put("clinicea.api-key", sandbox.apiKey());
        properties.put("clinicea.base-url", sandbox.baseUrl());
        properties.put("clinicea.poll-delay", "100");
        properties.put("reminders.jdbc-url", postgres().getJdbcUrl("postgres", database));
        properties.put("reminders.jdbc-user", "postgres");
        properties.put("reminders.zone", ZONE);
        properties.put("reminders.quiet-hours", "");
        properties.put("reminders.kinds", "day-before:24h, two-hours:2h");
        properties.put("reminders.send-delay", "50");
        properties.put("reminders.per-minute", "100000");
        properties.put("reminders.cancelled-statuses", "4, No Show");
        properties.put("reminders.channels", "whatsapp, mail");
        properties.put("reminders.country", "US");
        properties.put("mail.server", "smtp://localhost:" + mailServer.getSmtp().getPort());
        properties.put("mail.from", "clinic+reminders@example.invalid");
        properties.put("mail.user", "clinic");
        properties.put("mail.password", "mail-password");
        properties.put("whatsapp.base-url", whatsApp.baseUrl() + "/v23.0");
        properties.put("whatsapp.phone-number-id", "42");
        properties.put("whatsapp.token", "invented-token");
        return properties;
    }

    CliniceaSandbox sandbox() {
        return sandbox;
    }

    Clinic clinic() {
        return sandbox.clinic();
    }

    WireMockServer whatsApp() {
        return whatsApp;
    }

    GreenMail mailServer() {
        return mailServer;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Returns an invented number that no other patient of the test has. */
    static String number() {
        return String.format("+1 202-555-%04d", NUMBERS.getAndIncrement());
    }

    /** Adds a patient who has a mail address of their own and no number, and returns the id. */
    String patient(Map<String, ?> fields) {
        Map<String, Object> row = new HashMap<>();
        row.put("FirstName", "Ada");
        row.put("Email", "ada-" + NUMBERS.getAndIncrement() + "@example.invalid");
        row.put("Mobile", null);
        row.put("EmailOptOut", false);
        row.put("SMSOptOut", 0);
        row.put("IsActive", true);
        row.putAll(fields);
        return (String) clinic().add("patients", row).get("PatientID");
    }

    /** Adds an appointment, and returns its id. */
    String appointment(String patientId, Instant start) {
        Map<String, Object> row = new HashMap<>(at(start));
        row.put("PatientID", patientId);
        row.put("AppointmentStatus", 0);
        row.put("CancelledDatetime", "0001-01-01T00:00:00");
        row.put("ClinicName", "Invented Clinic");
        row.put("ServiceType", "Secret treatment");
        return (String) clinic().add("appointments", row).get("ID");
    }

    /** Returns the fields of an appointment's times. */
    static Map<String, Object> at(Instant start) {
        return Map.of(
                "StartDateTime", TIMES.local(start), "EndDateTime", TIMES.local(start.plus(Duration.ofMinutes(30))));
    }

    String mailOf(String patientId) {
        return (String) clinic().row("patients", patientId).orElseThrow().get("Email");
    }

    /** Returns the mails to an address. */
    List<MimeMessage> mails(String address) {
        return Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> address.equals(recipient(mail)))
                .toList();
    }

    static String recipient(MimeMessage mail) {
        try {
            return mail.getRecipients(RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the accepted WhatsApp messages. */
    List<JsonNode> whatsApps() {
        return whatsApp.getAllServeEvents().stream()
                .filter(event -> event.getResponse().getStatus() == 200)
                .map(event -> json(event.getRequest().getBodyAsString()))
                .toList();
    }

    /** Returns the accepted WhatsApp messages to a number. */
    List<JsonNode> whatsApps(String number) {
        String digits = number.replaceAll("\\D", "");
        return whatsApps().stream()
                .filter(message -> message.path("to").asText().equals(digits))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns kind and state of an appointment's lines. */
    Map<String, String> lines(String appointmentId) {
        Map<String, String> lines = new TreeMap<>();
        jdbc.query(
                "SELECT kind, state FROM reminders WHERE appointment_id = ? ORDER BY start_at, kind",
                row -> {
                    lines.put(row.getString("kind"), row.getString("state"));
                },
                appointmentId);
        return lines;
    }

    /** Lets the reminders of the day before be due since a moment ago. */
    void makeDue(String... appointmentIds) {
        for (String id : appointmentIds) {
            jdbc.update(
                    "UPDATE reminders SET due_at = now() + interval '-1 second' WHERE appointment_id = ?"
                            + " AND kind = 'day-before'",
                    id);
        }
    }

    @Override
    public void close() {
        whatsApp.stop();
        mailServer.stop();
        sandbox.close();
    }
}
