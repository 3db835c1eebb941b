/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Sends patients as ADT and appointments as SIU over MLLP. A row is delivered when the receiver has acknowledged its
 * message. A message without a response is repeated as it is, before the record's next one.
 */
public class ClinicToHl7 extends RouteBuilder {
    private static final String SYNC = "?delay={{hl7.delay}}&syncFrom={{hl7.sync-from}}&clinicZone={{clinicea.zone}}";
    // A connection for each message: a response that comes late cannot be taken for that of the next message.
    private static final String RECEIVER = "netty:tcp://{{hl7.host}}:{{hl7.port}}?sync=true&synchronous=true"
            + "&encoders=#mllpEncoder&decoders=#mllpDecoder&disconnect=true"
            + "&connectTimeout={{hl7.connect-timeout}}&requestTimeout={{hl7.ack-timeout}}";

    private SentMessages sent;
    private PatientMessages patients;
    private AppointmentMessages appointments;

    @Override
    public void configure() {
        prepare();

        from("clinicea:patients" + SYNC)
                .routeId("patients")
                .setProperty("change")
                .exchange(Change::of)
                .to("direct:repeatUnanswered")
                .setBody(exchange -> patients.next(change(exchange), sent.of(change(exchange))))
                .to("direct:send");

        from("clinicea:appointments" + SYNC)
                .routeId("appointments")
                .setProperty("change")
                .exchange(Change::of)
                .to("direct:repeatUnanswered")
                .setBody(exchange -> appointments.next(change(exchange), sent.of(change(exchange))))
                .to("direct:send");

        from("direct:repeatUnanswered")
                .routeId("repeatUnanswered")
                .setBody(exchange -> sent.pending(change(exchange)))
                .filter(body().isNotNull())
                // Even a refusal leaves it open: the receiver may have taken it the first time.
                .setProperty("repeated", constant(true))
                .to("direct:deliver")
                .removeProperty("repeated");

        from("direct:send")
                .routeId("send")
                .filter(body().isNotNull())
                // Before it is sent: after a crash, the receiver may have it.
                .process(exchange -> sent.sending(outgoing(exchange)))
                .to("direct:deliver");

        from("direct:deliver")
                .routeId("deliver")
                .setProperty("outgoing", body())
                .setBody(exchange -> outgoing(exchange).message())
                .to(RECEIVER)
                .process(this::settle);
    }

    private void prepare() {
        MessageWriter writer = new MessageWriter(getContext(), times().zone());
        RowFields fields = RowFields.load(getContext(), writer.property("hl7.fields"));
        sent = new SentMessages(GatewayTables.in(getContext()));
        patients = new PatientMessages(writer, fields, times());
        appointments = new AppointmentMessages(writer, patients, fields, times());
    }

    private CliniceaTimes times() {
        return new CliniceaTimes(getContext().resolvePropertyPlaceholders("{{clinicea.zone}}"));
    }

    /** Takes the response of the receiver. Only AA and CA for this message complete the exchange. */
    private void settle(Exchange exchange) throws NotAcknowledgedException {
        Outgoing outgoing = exchange.getProperty("outgoing", Outgoing.class);
        Acknowledgement answer = Acknowledgement.of(exchange.getMessage().getBody(String.class));
        if (!answer.answers(outgoing)) {
            throw new NotAcknowledgedException("The receiver gave no response to this message: " + outgoing);
        }
        if (!answer.isAccepted()) {
            if (exchange.getProperty("repeated") == null) {
                sent.refused(outgoing);
            }
            throw new NotAcknowledgedException("The receiver responded " + answer.code() + ": " + outgoing);
        }
        sent.acknowledged(outgoing);
    }

    private static Change change(Exchange exchange) {
        return exchange.getProperty("change", Change.class);
    }

    private static Outgoing outgoing(Exchange exchange) {
        Outgoing body = exchange.getMessage().getBody(Outgoing.class);
        return body == null ? exchange.getProperty("outgoing", Outgoing.class) : body;
    }
}
