/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.util.TimeUtils;

/**
 * Plans reminders from the feeds of patients and appointments, and sends those that are due. Each row takes effect
 * exactly once, because it and its reminders are one transaction with the state of the sync.
 */
public class Reminders extends RouteBuilder {
    private static final String FEED = "batching=true&transacted=true&stateDataSource=#dataSource&initialDelay=0"
            + "&delay={{clinicea.poll-delay}}";

    private final Clock clock = Clock.systemUTC();
    private RowFields fields;
    private CliniceaTimes clinicTimes;
    private Set<String> cancelled;
    private String country;
    private ReminderTimes times;
    private ReminderTable table;
    private Feeds feeds;
    private ReminderMessages messages;

    @Override
    public void configure() {
        readSettings();
        table.create();

        from("clinicea:patients?" + FEED)
                .routeId(Feeds.PATIENTS)
                .choice()
                .when(isDeleted())
                .process(exchange -> table.deletePatients(ids(exchange)))
                .otherwise()
                .process(exchange -> forEachRow(exchange, this::savePatient));

        from("clinicea:appointments?" + FEED)
                .routeId(Feeds.APPOINTMENTS)
                .choice()
                .when(isDeleted())
                .process(exchange -> table.deleteAppointments(ids(exchange)))
                .otherwise()
                .process(exchange -> forEachRow(exchange, this::saveAppointment));

        from("scheduler:send?delay={{reminders.send-delay}}&synchronous=true")
                .routeId("send")
                // The rate is used up: the rest stays due.
                .onException(ThrottlerRejectedExecutionException.class)
                .handled(true)
                .logHandled(false)
                .end()
                .setBody(exchange -> due())
                .split(body())
                .throttle(simple("{{reminders.per-minute}}"))
                .timePeriodMillis(60_000)
                .rejectExecution(true)
                // Only now, since the list is from before the messages in front of this one.
                .setBody(exchange -> claim(exchange.getMessage().getBody(ReminderTable.Due.class)))
                .filter(body().isNotNull())
                .to("direct:sendClaimed");

        from("direct:sendClaimed")
                .routeId("sendClaimed")
                .setProperty("reminder", body())
                .setProperty("channel")
                .exchange(exchange -> reminder(exchange).channel())
                .doTry()
                .toD("direct:${exchangeProperty.channel}")
                .doCatch(Exception.class)
                .to("direct:failed")
                .end()
                // Has no effect after a failure. If the database fails here, the line stays claimed.
                .process(exchange -> table.sent(reminder(exchange)))
                .id("recordSent");

        from("direct:failed")
                .routeId("failed")
                .choice()
                .when(exchange -> SendFailure.isNotSent(failure(exchange)))
                .log(LoggingLevel.WARN, "${exchangeProperty.reminder} was not sent: ${exception.class.simpleName}")
                .process(exchange -> table.notSent(reminder(exchange), tries(), retryAfter()))
                .otherwise()
                .log(
                        LoggingLevel.WARN,
                        "${exchangeProperty.reminder} may have been sent: ${exception.class.simpleName}")
                .process(exchange -> table.unknown(reminder(exchange)));

        from("direct:mail")
                .routeId("mail")
                // Here and below, the failure goes to sendClaimed. A log of it would have the patient's address.
                .errorHandler(noErrorHandler())
                .process(exchange -> messages.mail(exchange))
                .to(
                        "{{mail.server}}?username=RAW({{mail.user}})&password=RAW({{mail.password}})&from=RAW({{mail.from}})"
                                + "&connectionTimeout=20000&mail.smtp.writetimeout=20000&mail.smtps.writetimeout=20000");

        from("direct:whatsapp")
                .routeId("whatsapp")
                .errorHandler(noErrorHandler())
                .process(exchange -> messages.whatsApp(exchange))
                .to("whatsapp:{{whatsapp.phone-number-id}}?authorizationToken=RAW({{whatsapp.token}})"
                        + "&whatsappService=#whatsAppApi");
    }

    private void readSettings() {
        fields = RowFields.load(getContext(), setting("reminders.fields"));
        clinicTimes = new CliniceaTimes(setting("reminders.zone"));
        cancelled = list("reminders.cancelled-statuses").stream()
                .map(status -> status.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        country = Patient.country(setting("reminders.country"));
        times = new ReminderTimes(
                clinicTimes.zone(),
                setting("reminders.kinds"),
                setting("reminders.quiet-hours"),
                setting("reminders.min-notice"));
        table = new ReminderTable(
                CamelContextHelper.mandatoryLookup(getContext(), "dataSource", DataSource.class),
                list("reminders.channels"));
        feeds = new Feeds(getContext(), duration("reminders.max-age"), clock);
        messages = new ReminderMessages(
                clinicTimes.zone(),
                setting("reminders.clinic"),
                setting("reminders.language"),
                setting("mail.from"),
                setting("whatsapp.template-prefix"));
        bindToRegistry(
                "whatsAppApi",
                new WhatsAppApi(
                        setting("whatsapp.base-url"),
                        setting("whatsapp.phone-number-id"),
                        setting("whatsapp.token"),
                        duration("whatsapp.timeout")));
    }

    private void savePatient(String id, Map<?, ?> row) {
        table.save(Patient.of(id, row, fields, country));
    }

    private void saveAppointment(String id, Map<?, ?> row) {
        Appointment appointment = Appointment.of(id, row, fields, clinicTimes, cancelled);
        Instant start = appointment.start();
        if (start == null) {
            table.save(appointment, Map.of(), null);
        } else {
            table.save(appointment, times.plan(start, clock.instant()), times.sendBefore(start));
        }
    }

    /** Returns the lines to send now; none in the quiet hours and while a feed is not up to date. */
    private List<ReminderTable.Due> due() {
        Instant asOf = feeds.asOf();
        if (asOf == null || times.isQuiet(clock.instant())) {
            return List.of();
        }
        // Here already, so that lines that must wait do not use up the rate.
        return table.due(asOf, clock.instant()).stream()
                .filter(due -> !isHeld(due))
                .toList();
    }

    /** Returns the claimed message, or null if it must not be sent now. */
    private Reminder claim(ReminderTable.Due due) {
        Instant asOf = feeds.asOf();
        return asOf == null || times.isQuiet(clock.instant()) || isHeld(due)
                ? null
                : table.claim(due.id(), asOf, clock.instant());
    }

    /** Returns whether a row of the appointment or of its patient could not be used. It may be a cancellation. */
    private boolean isHeld(ReminderTable.Due due) {
        return feeds.isHeld(Feeds.APPOINTMENTS, due.appointmentId()) || feeds.isHeld(Feeds.PATIENTS, due.patientId());
    }

    private static Predicate isDeleted() {
        return exchange -> "Deleted"
                .equalsIgnoreCase(exchange.getMessage().getHeader(CliniceaConstants.DATA_STATUS, String.class));
    }

    private static List<String> ids(Exchange exchange) {
        List<?> ids = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
        return ids.stream().map(id -> RowText.id(required(id))).toList();
    }

    private static String required(Object id) {
        if (id == null) {
            throw new IllegalArgumentException("The row has no id. The option idField names the field");
        }
        return id.toString();
    }

    private static void forEachRow(Exchange exchange, BiConsumer<String, Map<?, ?>> save) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        List<String> ids = ids(exchange);
        for (int i = 0; i < rows.size(); i++) {
            save.accept(ids.get(i), (Map<?, ?>) rows.get(i));
        }
    }

    private static Reminder reminder(Exchange exchange) {
        return exchange.getProperty("reminder", Reminder.class);
    }

    private static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private int tries() {
        return Integer.parseInt(setting("reminders.tries"));
    }

    private Duration retryAfter() {
        return duration("reminders.retry-after");
    }

    private Duration duration(String name) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(setting(name)));
    }

    private List<String> list(String name) {
        return Arrays.stream(setting(name).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private String setting(String name) {
        return getContext().resolvePropertyPlaceholders("{{" + name + "}}");
    }
}
