/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import jakarta.activation.DataHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.whatsapp.model.Parameter;
import org.apache.camel.component.whatsapp.model.TemplateMessageRequest;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReminderMessagesTest {
    private static final Instant START = Instant.parse("2026-06-10T06:00:00Z");
    private static final ReminderMessages MESSAGES = new ReminderMessages(
            ZoneId.of("Asia/Dubai"), "our clinic", "en", "desk@clinic.example.invalid", "appointment_");

    private static Exchange exchange(String name, String language, String clinic, Instant end) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage()
                .setBody(new Reminder(
                        17, "a1", "two-hours", "mail", "ada@example.invalid", name, language, clinic, START, end, 3));
        exchange.getMessage().setHeader("Bcc", "other@example.invalid");
        return exchange;
    }

    private static VEvent event(Exchange exchange) throws Exception {
        DataHandler attachment =
                exchange.getMessage(AttachmentMessage.class).getAttachments().get("appointment.ics");
        byte[] calendar = attachment.getInputStream().readAllBytes();
        return Biweekly.parse(new ByteArrayInputStream(calendar))
                .first()
                .getEvents()
                .get(0);
    }

    @Test
    void given_a_reminder_when_it_becomes_a_mail_then_text_and_calendar_have_the_clinics_day_and_time()
            throws Exception {
        Exchange exchange = exchange("Ada", null, "Clinic {1} 'A'", START.plusSeconds(1800));

        MESSAGES.mail(exchange);

        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("To", "Subject", "X-Reminder", "Content-Type");
        assertThat(exchange.getMessage().getHeader("Subject"))
                .isEqualTo("Your appointment on Wednesday, June 10, 2026");
        assertThat(exchange.getMessage().getHeader("X-Reminder")).isEqualTo("17 two-hours");
        assertThat(exchange.getMessage().getBody(String.class))
                .startsWith("Hello Ada,")
                .contains("Clinic {1} 'A'", "10:00");
        VEvent event = event(exchange);
        assertThat(event.getUid().getValue()).isEqualTo("a1@clinic.example.invalid");
        assertThat(event.getSequence().getValue()).isEqualTo(3);
        assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(START);
        assertThat(event.getDateEnd().getValue().toInstant()).isEqualTo(START.plusSeconds(1800));
        assertThat(event.getLocation().getValue()).isEqualTo("Clinic {1} 'A'");
    }

    @Test
    void given_an_end_before_the_start_or_none_when_it_becomes_a_mail_then_the_calendar_has_none() throws Exception {
        for (Instant end : new Instant[] {null, START, START.minusSeconds(1)}) {
            Exchange exchange = exchange(null, null, null, end);

            MESSAGES.mail(exchange);

            assertThat(event(exchange).getDateEnd()).isNull();
            assertThat(exchange.getMessage().getBody(String.class))
                    .startsWith("Hello,")
                    .contains("our clinic");
        }
    }

    @Test
    void given_a_sender_with_a_name_when_it_becomes_a_mail_then_the_calendar_has_the_address_only() throws Exception {
        Exchange exchange = exchange(null, null, null, null);

        messages("Invented Clinic <desk@clinic.example.invalid>").mail(exchange);

        VEvent event = event(exchange);
        assertThat(event.getUid().getValue()).isEqualTo("a1@clinic.example.invalid");
        assertThat(event.getOrganizer().getEmail()).isEqualTo("desk@clinic.example.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "clinic", "clinic@", "a@example.invalid, b@example.invalid"})
    void given_a_sender_that_is_no_address_when_started_then_the_start_fails(String from) {
        assertThatThrownBy(() -> messages(from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mail.from");
    }

    private static ReminderMessages messages(String from) {
        return new ReminderMessages(ZoneId.of("Asia/Dubai"), "our clinic", "en", from, "appointment_");
    }

    @Test
    void given_a_language_without_texts_when_it_becomes_a_mail_then_the_text_is_the_one_of_the_clinic() {
        Exchange exchange = exchange("Ada", "fr", null, null);

        MESSAGES.mail(exchange);

        assertThat(exchange.getMessage().getBody(String.class))
                .startsWith("Hello Ada,")
                .contains("10 juin 2026");
    }

    @Test
    void given_a_language_when_it_becomes_a_whatsapp_message_then_template_and_day_are_in_it() {
        Exchange exchange = exchange("Ada", "pt_BR", "A\nB", null);

        MESSAGES.whatsApp(exchange);

        TemplateMessageRequest request = exchange.getMessage().getBody(TemplateMessageRequest.class);
        assertThat(request.getTo()).isEqualTo("ada@example.invalid");
        assertThat(request.getTemplate().getName()).isEqualTo("appointment_two_hours");
        assertThat(request.getTemplate().getLanguage().getCode()).isEqualTo("pt_BR");
        assertThat(request.getTemplate().getComponents().get(0).getParameters())
                .extracting(Parameter::getText)
                .hasSize(3)
                .anyMatch(text -> text.contains("junho"))
                .contains("10:00");
        assertThat(new String(request.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .doesNotContain("Ada");
    }
}
