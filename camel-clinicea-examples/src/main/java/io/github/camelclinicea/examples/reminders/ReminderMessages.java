/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Method;
import biweekly.property.Organizer;
import biweekly.property.Status;
import jakarta.activation.DataHandler;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.whatsapp.model.Component;
import org.apache.camel.component.whatsapp.model.Language;
import org.apache.camel.component.whatsapp.model.Parameter;
import org.apache.camel.component.whatsapp.model.TemplateMessage;
import org.apache.camel.component.whatsapp.model.TemplateMessageRequest;

/**
 * Writes the messages. They have the clinic, the day and the time: a treatment or a doctor would be health data. The
 * texts are in {@code reminders/texts.properties}.
 */
final class ReminderMessages {
    private static final String TEXTS = "reminders.texts";

    private final ZoneId zone;
    private final String clinic;
    private final String language;
    private final String from;
    private final String templatePrefix;

    /**
     * @param zone the zone of the clinic
     * @param clinic the clinic of rows that name none
     * @param language the language of patients whose language is not known
     * @param from the sender of the mails, with or without a name
     * @param templatePrefix the beginning of the names of the WhatsApp templates
     * @throws IllegalArgumentException if the sender is no mail address
     */
    ReminderMessages(ZoneId zone, String clinic, String language, String from, String templatePrefix) {
        this.zone = zone;
        this.clinic = clinic;
        this.language = language;
        this.from = address(from);
        this.templatePrefix = templatePrefix;
    }

    private static String address(String from) {
        try {
            return new InternetAddress(from, true).getAddress();
        } catch (AddressException e) {
            throw new IllegalArgumentException("mail.from is not an address, such as clinic@example.invalid", e);
        }
    }

    /** Makes a mail with an iCalendar attachment of the claimed reminder in the body. */
    void mail(Exchange exchange) {
        Reminder reminder = exchange.getMessage().getBody(Reminder.class);
        String name = reminder.name() == null ? "" : " " + reminder.name();
        Object[] values = Stream.concat(values(reminder), Stream.of(name)).toArray();
        ResourceBundle texts = ResourceBundle.getBundle(
                TEXTS, locale(reminder), Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        Message message = exchange.getMessage();
        // The mail gets all headers of the message.
        message.removeHeaders("*");
        message.setHeader("To", reminder.address());
        message.setHeader("Subject", RowText.line(MessageFormat.format(texts.getString("subject"), values)));
        message.setHeader("X-Reminder", reminder.id() + " " + reminder.kind());
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=UTF-8");
        message.setBody(MessageFormat.format(texts.getString("text"), values));
        String summary = MessageFormat.format(texts.getString("summary"), values);
        byte[] calendar = calendar(reminder, summary).getBytes(StandardCharsets.UTF_8);
        exchange.getMessage(AttachmentMessage.class)
                .addAttachment(
                        "appointment.ics",
                        new DataHandler(
                                new ByteArrayDataSource(calendar, "text/calendar; charset=UTF-8; method=PUBLISH")));
    }

    /**
     * Returns the appointment as iCalendar, with its times in UTC. The same appointment has the same UID in each mail, and
     * a move has a higher SEQUENCE, so a calendar moves its entry.
     */
    private String calendar(Reminder reminder, String summary) {
        VEvent event = new VEvent();
        event.setUid(reminder.appointmentId() + "@" + from.substring(from.lastIndexOf('@') + 1));
        event.setSequence(reminder.sequence());
        event.setDateTimeStamp(new Date());
        event.setDateStart(Date.from(reminder.start()), true);
        Instant end = reminder.end();
        if (end != null && end.isAfter(reminder.start())) {
            event.setDateEnd(Date.from(end), true);
        }
        event.setSummary(RowText.line(summary));
        event.setLocation(clinic(reminder));
        event.setStatus(Status.confirmed());
        event.setOrganizer(new Organizer(null, from));
        ICalendar calendar = new ICalendar();
        calendar.setMethod(Method.publish());
        calendar.addEvent(event);
        return Biweekly.write(calendar).go();
    }

    /** Makes a WhatsApp template message of the claimed reminder in the body: clinic, day and time. */
    void whatsApp(Exchange exchange) {
        Reminder reminder = exchange.getMessage().getBody(Reminder.class);
        Language templateLanguage = new Language();
        templateLanguage.setCode(locale(reminder).toString());
        Component text = new Component();
        text.setType("body");
        text.setParameters(values(reminder).map(ReminderMessages::parameter).toList());
        TemplateMessage template = new TemplateMessage();
        template.setName(templatePrefix + reminder.kind().replace('-', '_'));
        template.setLanguage(templateLanguage);
        template.setComponents(List.of(text));
        TemplateMessageRequest request = new TemplateMessageRequest();
        request.setTo(reminder.address());
        request.setTemplate(template);
        exchange.getMessage().setBody(request);
    }

    private static Parameter parameter(String text) {
        Parameter parameter = new Parameter();
        parameter.setType("text");
        parameter.setText(text);
        return parameter;
    }

    private Stream<String> values(Reminder reminder) {
        ZonedDateTime start = reminder.start().atZone(zone);
        Locale locale = locale(reminder);
        return Stream.of(
                clinic(reminder),
                RowText.line(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                        .withLocale(locale)
                        .format(start)),
                RowText.line(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(start)));
    }

    private String clinic(Reminder reminder) {
        return reminder.clinic() == null ? clinic : reminder.clinic();
    }

    private Locale locale(Reminder reminder) {
        String code = reminder.language() == null ? language : reminder.language();
        return Locale.forLanguageTag(code.replace('_', '-'));
    }
}
