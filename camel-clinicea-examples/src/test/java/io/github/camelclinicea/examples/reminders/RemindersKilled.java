/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelclinicea.examples.process.ApplicationProcess;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** Kills the application while users book, move and cancel appointments, and compares the messages with what they did. */
final class RemindersKilled implements AutoCloseable {
    private static final Pattern UID = Pattern.compile("UID:(\\S+)@");
    private static final Pattern START = Pattern.compile("DTSTART:(\\d{8}T\\d{6})Z");

    /**
     * A start that an appointment had.
     *
     * @param until the end of the write that replaced it or cancelled the appointment
     */
    private record Period(Line line, Instant until) {}

    /** The line of a message in the application's table; each appointment has one kind. */
    private record Line(String appointment, Instant start) {}

    private final ReminderWorld world = new ReminderWorld();
    private final ObjectMapper json = new ObjectMapper();
    private final Path output;
    private final Random random;
    private final long seed;
    private final ScheduledExecutorService users = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** The only line of each appointment whose patient has a number. */
    private final Map<String, Line> linesByNumber = new ConcurrentHashMap<>();
    // Written by the thread of the users, and read after its end.
    private final List<Period> past = new ArrayList<>();
    private final List<Period> present = new ArrayList<>();
    private final Set<String> movable = new HashSet<>();
    private ApplicationProcess process;
    private int kills;

    RemindersKilled(Path folder, long seed) throws Exception {
        this.output = folder.resolve("output.txt");
        this.seed = seed;
        this.random = new Random(seed);
        // Long enough for a kill between the request and its response.
        world.whatsApp()
                .stubFor(post(urlPathEqualTo(ReminderWorld.MESSAGES))
                        .willReturn(okJson("{\"messages\": [{\"id\": \"wamid.invented\"}]}")
                                .withFixedDelay(30)));
    }

    private ConditionFactory within60Seconds() {
        return await("seed " + seed).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
    }

    /** Lets the application live and be killed, as often as given, and then catch up. */
    void liveAndDie(int times) throws Exception {
        users.scheduleWithFixedDelay(this::change, 0, 100, TimeUnit.MILLISECONDS);
        while (kills < times) {
            start();
            awaitClaims(1 + random.nextInt(20));
            process.kill();
            kills++;
        }
        users.shutdown();
        assertThat(users.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failure.get()).isNull();
        start();
        List<Line> last = present.stream().map(Period::line).toList();
        within60Seconds().until(() -> {
            makeDue(1);
            return count("state = 'due'") == 0 && linesIn("TRUE").keySet().containsAll(last);
        });
        process.stop();
    }

    private void start() throws Exception {
        Map<String, String> properties = world.properties();
        properties.put("reminders.kinds", "day-before:24h");
        // A poll reads again what changed in this time. Here, that is much more than in a clinic.
        properties.put("camel.component.clinicea.overlap", "5s");
        process = ApplicationProcess.start(RemindersApplication.class, output, properties);
    }

    private void awaitClaims(int more) {
        int claimed = claimed() + more;
        within60Seconds().until(() -> claimed() >= claimed);
    }

    private int claimed() {
        return hasTables() ? count("state IN ('sending', 'sent', 'unknown')") : 0;
    }

    /** Returns false until the first life has created them. */
    private boolean hasTables() {
        return world.jdbc().queryForObject("SELECT to_regclass('reminders') IS NOT NULL", Boolean.class);
    }

    /** Lets a share of the planned messages fall due now. */
    private void makeDue(double share) {
        world.jdbc()
                .update(
                        "UPDATE reminders SET due_at = now() WHERE state = 'due' AND due_at > now() AND random() < ?",
                        share);
    }

    /** Returns lines of the table, and when they fell due. */
    private Map<Line, Instant> linesIn(String where) {
        Map<Line, Instant> lines = new HashMap<>();
        world.jdbc().query("SELECT appointment_id, start_at, due_at FROM reminders WHERE " + where, row -> {
            Line line = new Line(
                    row.getString("appointment_id"),
                    row.getTimestamp("start_at").toInstant());
            lines.put(line, row.getTimestamp("due_at").toInstant());
        });
        return lines;
    }

    private int count(String where) {
        return world.jdbc().queryForObject("SELECT COUNT(*) FROM reminders WHERE " + where, Integer.class);
    }

    private void change() {
        try {
            if (hasTables()) {
                makeDue(0.2);
            }
            int what = random.nextInt(10);
            if (what < 6 || present.isEmpty()) {
                book();
            } else {
                Period period = present.remove(random.nextInt(present.size()));
                String id = period.line().appointment();
                if (what < 8 && movable.contains(id)) {
                    Line line = new Line(id, someStart());
                    world.clinic().change("appointments", id, ReminderWorld.at(line.start()));
                    present.add(new Period(line, Instant.MAX));
                } else if (what == 8) {
                    world.clinic().delete("appointments", id);
                } else {
                    world.clinic().change("appointments", id, Map.of("AppointmentStatus", 4));
                }
                past.add(new Period(period.line(), Instant.now()));
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private void book() {
        boolean byMail = random.nextBoolean();
        String number = ReminderWorld.number();
        Instant start = someStart();
        String id = world.appointment(world.patient(byMail ? Map.of() : Map.of("Mobile", number)), start);
        Line line = new Line(id, start);
        present.add(new Period(line, Instant.MAX));
        if (byMail) {
            movable.add(id);
        } else {
            linesByNumber.put(number.replaceAll("\\D", ""), line);
        }
    }

    private Instant someStart() {
        return Instant.now()
                .plus(26, ChronoUnit.HOURS)
                .plusSeconds(random.nextInt(100_000))
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Line> received() throws Exception {
        List<Line> received = new ArrayList<>();
        for (MimeMessage mail : world.mailServer().getReceivedMessages()) {
            Multipart parts = (Multipart) mail.getContent();
            String calendar = new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Line(find(UID, calendar), instant(find(START, calendar))));
        }
        for (ServeEvent event : world.whatsApp().getAllServeEvents()) {
            received.add(linesByNumber.get(
                    json.readTree(event.getRequest().getBody()).path("to").asText()));
        }
        return received;
    }

    private static String find(Pattern pattern, String calendar) {
        Matcher matcher = pattern.matcher(calendar.replace("\r\n ", ""));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Instant instant(String utc) {
        return LocalDateTime.parse(utc, DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss"))
                .toInstant(ZoneOffset.UTC);
    }

    /**
     * Checks that no message came twice, none that was cancelled or moved away before it was due, and that each other one
     * came or is listed as unknown.
     */
    void assertAllWell() throws Exception {
        List<Line> received = received();
        assertThat(received).as("seed %s", seed).doesNotHaveDuplicates();

        Map<Line, Instant> dueTimes = linesIn("TRUE");
        Set<Line> valid = Stream.concat(past.stream(), present.stream())
                .filter(period -> period.until().isAfter(dueTimes.getOrDefault(period.line(), Instant.MAX)))
                .map(Period::line)
                .collect(Collectors.toSet());
        assertThat(received).as("seed %s", seed).isSubsetOf(valid);

        Map<Line, Instant> unknown = linesIn("state IN ('sending', 'unknown')");
        Set<Line> known = new HashSet<>(received);
        known.addAll(unknown.keySet());
        assertThat(known)
                .as("seed %s", seed)
                .containsAll(present.stream().map(Period::line).toList());
        assertThat(unknown).as("one a kill at most").hasSizeLessThanOrEqualTo(kills);
        assertThat(received).as("enough to say something").hasSizeGreaterThan(5 * kills);
        assertThat(past).as("enough to say something").hasSizeGreaterThan(kills);
    }

    @Override
    public void close() {
        users.shutdownNow();
        if (process != null) {
            process.close();
        }
        world.close();
    }
}
