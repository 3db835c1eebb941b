/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.ErrorCode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.util.ObjectHelper;

/**
 * Takes ORU^R01 over MLLP, and uploads its PDFs to the patient. AA goes out when all of them are in Clinicea. A message
 * that comes again is not uploaded again.
 */
public class ResultsToClinic extends RouteBuilder {
    private static final String SERVER = "netty:tcp://{{hl7.results.host}}:{{hl7.results.port}}?sync=true"
            + "&encoders=#mllpEncoder&decoders=#mllpFrames,#mllpBytes&synchronous=true";
    private static final String LATER = "The result could not be stored: send it again later";

    private MessageWriter writer;
    private RowFields fields;
    private ResultReader reader;
    private ReceivedDocuments documents;

    @Override
    public void configure() {
        prepare();
        // The sender gets each failure as a response.
        errorHandler(noErrorHandler());

        from(SERVER)
                .routeId("results")
                .setProperty("message")
                .exchange(exchange -> ReceivedMessage.of(exchange.getMessage().getBody(byte[].class)))
                .doTry()
                .to("direct:takeResult")
                .process(exchange -> answer(exchange, AcknowledgmentCode.AA, null, null))
                .doCatch(RefusedMessageException.class)
                .process(this::refuse)
                .log(LoggingLevel.WARN, "A result was refused: ${exception.message}")
                .doCatch(Exception.class)
                .process(exchange ->
                        answer(exchange, AcknowledgmentCode.AE, ErrorCode.APPLICATION_INTERNAL_ERROR, LATER))
                .setProperty("cause")
                .exchange(ResultsToClinic::cause)
                .log(LoggingLevel.WARN, "A result could not be stored: ${exchangeProperty.cause}")
                .doFinally()
                .process(this::end)
                .end();

        from("direct:takeResult")
                .routeId("takeResult")
                .process(this::read)
                .filter(exchange -> !missing(exchange).isEmpty())
                .to("direct:findPatient")
                .split(exchangeProperty("missing"))
                .stopOnException()
                .to("direct:upload");

        from("direct:findPatient")
                .routeId("findPatient")
                .choice()
                .when(exchange -> result(exchange).patientId() != null)
                .setHeader(CliniceaConstants.RECORD_ID)
                .exchange(exchange -> result(exchange).patientId())
                .setBody(constant((Object) null))
                .to("clinicea:patients?operation=get&bodyType=Map")
                .otherwise()
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(exchange -> Map.of("searchText", result(exchange).fileNumber()))
                .setBody(constant((Object) null))
                .to("clinicea:patients?operation=findByFileNo&bodyType=Map")
                .end()
                .process(this::findOnly);

        from("direct:upload")
                .routeId("upload")
                .setProperty("document", body())
                .choice()
                .when(exchange -> documents.uploading(result(exchange), document(exchange)))
                .to("direct:removeUnfinished")
                .end()
                .removeHeaders("*")
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(this::arguments)
                .setHeader(Exchange.CONTENT_TYPE, constant("application/pdf"))
                .setBody(exchange -> document(exchange).content())
                .to("clinicea:documents?operation=upload")
                .process(exchange -> documents.stored(
                        result(exchange),
                        document(exchange),
                        exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));

        // The outcome of an upload is unknown: the document may be there, and its content may be missing.
        from("direct:removeUnfinished")
                .routeId("removeUnfinished")
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(exchange -> Map.of("patientID", patient(exchange)))
                .setBody(constant((Object) null))
                .to("clinicea:documents?operation=listByPatient&bodyType=Map")
                .split(body())
                .stopOnException()
                .filter(exchange -> document(exchange)
                        .name()
                        .equals(fields.text(
                                "document.name", exchange.getMessage().getBody(Map.class))))
                .setHeader(CliniceaConstants.RECORD_ID)
                .exchange(exchange ->
                        fields.required("document.id", exchange.getMessage().getBody(Map.class)))
                .setHeader(CliniceaConstants.PARAMETERS)
                .exchange(exchange -> Map.of("patientID", patient(exchange)))
                .setBody(constant((Object) null))
                .to("clinicea:documents?operation=delete")
                .end();
    }

    private void prepare() {
        CliniceaTimes times = new CliniceaTimes(getContext().resolvePropertyPlaceholders("{{clinicea.zone}}"));
        writer = new MessageWriter(getContext(), times.zone());
        fields = RowFields.load(getContext(), writer.property("hl7.fields"));
        reader = new ResultReader(writer, times.zone());
        documents = new ReceivedDocuments(GatewayTables.in(getContext()));
    }

    /** Returns what the component says, which has no content, or else the class of the failure. */
    private static String cause(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        CliniceaException clinicea = ObjectHelper.getException(CliniceaException.class, failure);
        return clinicea == null ? failure.getClass().getSimpleName() : clinicea.getMessage();
    }

    private void read(Exchange exchange) throws RefusedMessageException {
        Result result = reader.read(exchange.getProperty("message", ReceivedMessage.class));
        exchange.setProperty("missing", documents.begin(result));
        exchange.setProperty("result", result);
    }

    private void end(Exchange exchange) {
        if (result(exchange) != null) {
            documents.end(result(exchange));
        }
    }

    private void refuse(Exchange exchange) {
        RefusedMessageException refusal =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RefusedMessageException.class);
        answer(exchange, refusal.getCode(), refusal.getError(), refusal.getMessage());
    }

    private void answer(Exchange exchange, AcknowledgmentCode code, ErrorCode error, String text) {
        ReceivedMessage message = exchange.getProperty("message", ReceivedMessage.class);
        exchange.getMessage().setBody(message.answer(writer, code, error, text));
    }

    /** Keeps the id of the patient, if there is exactly one and all identifiers of the result are theirs. */
    private void findOnly(Exchange exchange) throws RefusedMessageException {
        Result result = result(exchange);
        Object body = exchange.getMessage().getBody();
        List<?> found = body == null ? List.of() : body instanceof List<?> list ? list : List.of(body);
        List<String> patients = found.stream()
                .map(row -> (Map<?, ?>) row)
                .filter(row -> result.fileNumber() == null
                        || result.fileNumber().equals(fields.text("patient.file-number", row)))
                .map(row -> fields.required("patient.id", row))
                .filter(id -> result.patientId() == null || result.patientId().equalsIgnoreCase(id))
                .distinct()
                .toList();
        if (patients.size() != 1) {
            throw RefusedMessageException.content(
                    ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                    patients.isEmpty() ? "PID-3 is no patient of this clinic" : "PID-3 is not one patient alone");
        }
        exchange.setProperty("patient", patients.get(0));
    }

    private Map<String, Object> arguments(Exchange exchange) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("patientID", patient(exchange));
        arguments.put("docName", document(exchange).name());
        arguments.put("docDtm", document(exchange).date());
        String category = writer.property("hl7.results.category");
        if (!category.isBlank()) {
            arguments.put("docCatg", category);
        }
        return arguments;
    }

    @SuppressWarnings("unchecked")
    private static List<Result.Document> missing(Exchange exchange) {
        return exchange.getProperty("missing", List.class);
    }

    private static Result result(Exchange exchange) {
        return exchange.getProperty("result", Result.class);
    }

    private static Result.Document document(Exchange exchange) {
        return exchange.getProperty("document", Result.Document.class);
    }

    private static String patient(Exchange exchange) {
        return exchange.getProperty("patient", String.class);
    }
}
