/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Reads and writes the tables of {@code reminders/tables.sql} in PostgreSQL. A method takes part in the transaction of
 * its caller; without one, each statement is committed by itself.
 *
 * <p>Specified by {@code RemindersTest} and {@code RemindersKilledTest}.
 */
final class ReminderTable {
    private static final String SAVE_PATIENT = """
            INSERT INTO patients (id, name, language, mail, mobile, no_mail, no_mobile, active)
            VALUES (:id, :name, :language, :mail, :mobile, :noMail, :noMobile, :active)
            ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, language = EXCLUDED.language, mail = EXCLUDED.mail,
                mobile = EXCLUDED.mobile, no_mail = EXCLUDED.no_mail, no_mobile = EXCLUDED.no_mobile,
                active = EXCLUDED.active""";

    private static final String SAVE_APPOINTMENT = """
            INSERT INTO appointments AS a (id, patient_id, start_at, end_at, clinic, open)
            VALUES (:id, :patientId, :start, :end, :clinic, :open)
            ON CONFLICT (id) DO UPDATE SET patient_id = EXCLUDED.patient_id, start_at = EXCLUDED.start_at,
                end_at = EXCLUDED.end_at, clinic = EXCLUDED.clinic, open = EXCLUDED.open,
                sequence = a.sequence + CASE WHEN (a.start_at, a.end_at, a.clinic)
                    IS DISTINCT FROM (EXCLUDED.start_at, EXCLUDED.end_at, EXCLUDED.clinic) THEN 1 ELSE 0 END""";

    /**
     * Withdraws what is not sent and is not for the present start of an open appointment. A kind that is planned no more
     * is withdrawn, too, unless it is due already.
     */
    private static final String WITHDRAW = """
            UPDATE reminders r SET state = 'withdrawn'
            FROM appointments a
            WHERE r.appointment_id = :id AND a.id = :id AND r.state = 'due'
              AND (NOT a.open OR a.start_at IS DISTINCT FROM r.start_at
                  OR r.kind NOT IN (:kinds) AND r.due_at > now())""";

    /** Plans a line. One that was sent, or may have been, stays as it is. */
    private static final String PLAN = """
            INSERT INTO reminders AS r (appointment_id, start_at, kind, due_at, send_before)
            VALUES (:id, :start, :kind, :due, :sendBefore)
            ON CONFLICT (appointment_id, start_at, kind) DO UPDATE
            SET state = 'due', due_at = EXCLUDED.due_at, send_before = EXCLUDED.send_before
            WHERE r.state IN ('due', 'withdrawn')""";

    /**
     * Selects what may be sent. A kind that a later one has overtaken is left out, as after the process was down. A line
     * is due only if both feeds were read since: what the clinic changed before that moment is in the tables.
     */
    private static final String SENDABLE = """
             r.state = 'due' AND r.due_at <= :asOf AND :now < r.send_before
              AND (r.retry_at IS NULL OR r.retry_at <= :now)
              AND a.id = r.appointment_id AND a.start_at = r.start_at AND a.open
              AND p.id = a.patient_id AND p.active
              AND NOT EXISTS (SELECT 1 FROM reminders l WHERE l.appointment_id = r.appointment_id
                  AND l.start_at = r.start_at AND l.due_at > r.due_at AND l.due_at <= :asOf AND l.state <> 'withdrawn')
              AND\s""";

    private static final String CLAIM = """
            UPDATE reminders r SET state = 'sending', claimed_at = now(), tries = r.tries + 1, channel = %s
            FROM appointments a, patients p
            WHERE r.id = :id AND %s
            RETURNING r.id, r.appointment_id, r.kind, r.channel, %s AS address, p.name, p.language,
                a.clinic, a.start_at, a.end_at, a.sequence""";

    private static final Map<String, String> ADDRESSES = Map.of(
            "mail", "CASE WHEN p.no_mail THEN NULL ELSE p.mail END",
            "whatsapp", "CASE WHEN p.no_mobile THEN NULL ELSE p.mobile END");

    private final NamedParameterJdbcTemplate jdbc;
    private final DataSource dataSource;
    private final String sendable;
    private final String claim;

    /**
     * A line of the table that may be sent.
     *
     * @param id its key
     * @param appointmentId the appointment's id
     * @param patientId the patient's id
     */
    record Due(long id, String appointmentId, String patientId) {}

    /**
     * @param dataSource the database
     * @param channels the channels in order of preference: mail, whatsapp
     * @throws IllegalArgumentException if there is no channel, or another one
     */
    ReminderTable(DataSource dataSource, List<String> channels) {
        if (channels.isEmpty() || !ADDRESSES.keySet().containsAll(channels)) {
            throw new IllegalArgumentException("reminders.channels are mail, whatsapp or both");
        }
        this.dataSource = dataSource;
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        String address = channels.stream().map(ADDRESSES::get).collect(Collectors.joining(", ", "COALESCE(", ")"));
        String channel = channels.stream()
                .map(one -> "WHEN " + ADDRESSES.get(one) + " IS NOT NULL THEN '" + one + "'")
                .collect(Collectors.joining(" ", "CASE ", " END"));
        this.sendable = SENDABLE + address + " IS NOT NULL";
        this.claim = CLAIM.formatted(channel, sendable, address);
    }

    /** Creates the tables and views that do not exist. */
    void create() {
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("reminders/tables.sql")), dataSource);
    }

    void save(Patient patient) {
        jdbc.update(
                SAVE_PATIENT,
                new MapSqlParameterSource("id", patient.id())
                        .addValue("name", patient.name())
                        .addValue("language", patient.language())
                        .addValue("mail", patient.mail())
                        .addValue("mobile", patient.mobile())
                        .addValue("noMail", patient.noMail())
                        .addValue("noMobile", patient.noMobile())
                        .addValue("active", patient.active()));
    }

    void deletePatients(Collection<String> ids) {
        jdbc.update("DELETE FROM patients WHERE id IN (:ids)", Map.of("ids", ids));
    }

    /**
     * Stores an appointment, withdraws what it overtakes, and plans its reminders.
     *
     * @param plan the time at which each kind is due; of an appointment that is not open, it has no effect
     * @param sendBefore the moment from which on no reminder is sent; null if the appointment has no start
     */
    void save(Appointment appointment, Map<String, Instant> plan, Instant sendBefore) {
        MapSqlParameterSource values = new MapSqlParameterSource("id", appointment.id())
                .addValue("patientId", appointment.patientId())
                .addValue("start", time(appointment.start()))
                .addValue("end", time(appointment.end()))
                .addValue("clinic", appointment.clinic())
                .addValue("open", appointment.open())
                .addValue("sendBefore", time(sendBefore));
        jdbc.update(SAVE_APPOINTMENT, values);
        jdbc.update(WITHDRAW, values.addValue("kinds", plan.isEmpty() ? Set.of("") : plan.keySet()));
        if (appointment.open()) {
            plan.forEach((kind, due) ->
                    jdbc.update(PLAN, values.addValue("kind", kind).addValue("due", time(due))));
        }
    }

    /** Closes appointments that were deleted, whose rows may have the id only. */
    void deleteAppointments(Collection<String> ids) {
        for (String id : ids) {
            jdbc.update("UPDATE appointments SET open = FALSE WHERE id = :id", Map.of("id", id));
            jdbc.update(WITHDRAW, Map.of("id", id, "kinds", ""));
        }
    }

    /**
     * Returns what may be sent now, the longest due first.
     *
     * @param asOf the moment since which both feeds were read
     */
    List<Due> due(Instant asOf, Instant now) {
        return jdbc.query(
                "SELECT r.id, a.id AS appointment_id, p.id AS patient_id FROM reminders r, appointments a, patients p"
                        + " WHERE " + sendable + " ORDER BY r.due_at, r.id LIMIT 1000",
                new MapSqlParameterSource("asOf", time(asOf)).addValue("now", time(now)),
                (row, number) ->
                        new Due(row.getLong("id"), row.getString("appointment_id"), row.getString("patient_id")));
    }

    /**
     * Claims a line before its message is sent. The claim is committed when this returns, so that a line is not sent
     * twice, even if the process ends now.
     *
     * @return the message to send; null if the line is no longer due, or another process has claimed it
     */
    Reminder claim(long id, Instant asOf, Instant now) {
        List<Reminder> claimed = jdbc.query(
                claim,
                new MapSqlParameterSource("id", id).addValue("asOf", time(asOf)).addValue("now", time(now)),
                (row, number) -> reminder(row));
        return claimed.isEmpty() ? null : claimed.get(0);
    }

    void sent(Reminder reminder) {
        end(reminder, "UPDATE reminders SET state = 'sent', ended_at = now() WHERE id = :id AND state = 'sending'");
    }

    /** Records that nobody knows whether a message was sent. It is never sent again by itself. */
    void unknown(Reminder reminder) {
        end(reminder, "UPDATE reminders SET state = 'unknown', ended_at = now() WHERE id = :id AND state = 'sending'");
    }

    /** Records that a message was certainly not sent. It is tried again, if it was not tried too often. */
    void notSent(Reminder reminder, int maxTries, Duration retryAfter) {
        jdbc.update(
                "UPDATE reminders SET state = CASE WHEN tries < :maxTries THEN 'due' ELSE 'refused' END,"
                        + " retry_at = now() + :seconds * interval '1 second', ended_at = now()"
                        + " WHERE id = :id AND state = 'sending'",
                Map.of("id", reminder.id(), "maxTries", maxTries, "seconds", retryAfter.toMillis() / 1000.0));
    }

    private void end(Reminder reminder, String update) {
        jdbc.update(update, Map.of("id", reminder.id()));
    }

    private static Reminder reminder(ResultSet row) throws SQLException {
        return new Reminder(
                row.getLong("id"),
                row.getString("appointment_id"),
                row.getString("kind"),
                row.getString("channel"),
                row.getString("address"),
                row.getString("name"),
                row.getString("language"),
                row.getString("clinic"),
                Objects.requireNonNull(instant(row, "start_at")),
                instant(row, "end_at"),
                row.getInt("sequence"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
