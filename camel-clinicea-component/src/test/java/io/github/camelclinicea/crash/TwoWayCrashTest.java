/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.testing.EchoClinic;
import io.github.camelclinicea.testing.EchoClinic.Ask;
import io.github.camelclinicea.testing.HttpClinic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps a clinic and a CRM equal, with {@code suppressEcho}. The process between them is killed during a write, and a
 * user edits another field of the record in the clinic. Both sides must be equal in the end.
 */
class TwoWayCrashTest {
    private static final String RECORD = "p1";

    @TempDir
    Path folder;

    private final Map<String, String> crm = new TreeMap<>();
    private boolean toBeWritten;
    private int polls;
    private EchoClinic clinic;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        clinic = new EchoClinic();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/arrived", this::arrived);
        server.createContext("/todo", this::toDo);
        server.createContext("/done", this::done);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        clinic.close();
    }

    /**
     * Returns the moments of the kill. Keys with an exclamation mark are the guard over the record, which is set first,
     * and the mark of the written version.
     */
    static Stream<String> kills() {
        List<String> all = List.of(
                "before:add:!:1",
                "after:add:!:1",
                "before:add:!:2",
                "after:add:!:2",
                "before:remove:!:1",
                "after:remove:!:1",
                "UPDATE",
                "LOOK",
                "LIST");
        return Boolean.getBoolean("crash.failpoints.all") ? all.stream() : Stream.of("before:add:!:2");
    }

    @ParameterizedTest
    @MethodSource("kills")
    void given_a_process_that_is_killed_while_it_writes_when_another_takes_over_then_both_sides_are_the_same(
            String kill) throws Exception {
        Databases database = Databases.h2(folder);
        edit("Phone", "555-0100");
        edit("Notes", "none");
        boolean byStep = kill.contains(":");
        try (Child child = start(database, byStep ? kill : "none")) {
            await().atMost(HttpClinic.PATIENCE).until(this::same);
            clinic.afterNext(Ask.UPDATE, () -> {
                edit("Allergy", "by the clinic, meanwhile");
                if (!byStep) {
                    kill(child, Ask.valueOf(kill));
                }
            });
            save("Phone", "555-0101");
            // If the step is never reached, no kill happens and both sides become equal.
            await().atMost(HttpClinic.PATIENCE).until(() -> !child.alive() || same());
        }
        edit("Notes", "by the clinic, afterwards");

        try (Child child = start(database, "none")) {
            await().atMost(HttpClinic.PATIENCE).until(this::same);
            int begun = polls();
            await().atMost(HttpClinic.PATIENCE).until(() -> polls() > begun + 3);
            assertThat(child.alive()).isTrue();
        }
        assertThat(crmFields()).isEqualTo(clinic.fields(RECORD)).containsEntry("Phone", "555-0101");
    }

    private void kill(Child child, Ask when) {
        if (when == Ask.UPDATE) {
            child.kill();
        } else {
            clinic.beforeNext(when, child::kill);
        }
    }

    private Child start(Databases database, String failpoint) throws IOException {
        return Child.start(
                TwoWayChildMain.class,
                "two-way",
                clinic.baseUrl(),
                "http://localhost:" + server.getAddress().getPort(),
                database.jdbcUrl(),
                failpoint);
    }

    private void edit(String field, String value) {
        clinic.at(Instant.now());
        clinic.edit(RECORD, field, value);
    }

    private synchronized void save(String field, String value) {
        crm.put(field, value);
        toBeWritten = true;
    }

    private synchronized boolean same() {
        return !toBeWritten && crm.equals(clinic.fields(RECORD));
    }

    private synchronized Map<String, String> crmFields() {
        return Map.copyOf(crm);
    }

    private synchronized int polls() {
        return polls;
    }

    private void arrived(HttpExchange http) throws IOException {
        Map<?, ?> row = Json.mapper().readValue(http.getRequestBody(), Map.class);
        synchronized (this) {
            for (String field : List.of("Phone", "Notes", "Allergy")) {
                // An edit that the CRM has not written yet overrides an arriving value.
                boolean own = toBeWritten && field.equals("Phone");
                if (row.get(field) != null && !own) {
                    crm.put(field, row.get(field).toString());
                }
            }
        }
        answer(http, "");
    }

    /** Returns the fields that the CRM has to write now. The child requests them after each poll. */
    private void toDo(HttpExchange http) throws IOException {
        String phone;
        synchronized (this) {
            polls++;
            phone = toBeWritten ? crm.get("Phone") : "";
        }
        clinic.at(Instant.now());
        answer(http, phone);
    }

    private synchronized void done(HttpExchange http) throws IOException {
        toBeWritten = false;
        answer(http, "");
    }

    private static void answer(HttpExchange http, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
        http.close();
    }
}
