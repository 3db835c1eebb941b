/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.model.v25.datatype.CX;
import ca.uhn.hl7v2.model.v25.datatype.ED;
import ca.uhn.hl7v2.model.v25.group.ORU_R01_OBSERVATION;
import ca.uhn.hl7v2.model.v25.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v25.group.ORU_R01_PATIENT_RESULT;
import ca.uhn.hl7v2.model.v25.message.ORU_R01;
import ca.uhn.hl7v2.model.v25.segment.OBR;
import ca.uhn.hl7v2.model.v25.segment.OBX;
import ca.uhn.hl7v2.model.v25.segment.PID;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads an ORU^R01 of any version 2.x: whose it is, and its documents. It takes all of them or refuses the message.
 *
 * <p>Specified by {@code ResultReaderTest}.
 */
final class ResultReader {
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    // Senders break the lines of base64, with escapes of HL7 or without.
    private static final Pattern LINE_BREAKS =
            Pattern.compile("\\\\(?:\\.br|X0[aA]|X0[dD](?:0[aA])?|X000[dD])\\\\|\\s+");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\\\/:*?\"<>|]");
    private static final int TITLE = 80;
    private static final int KEY = 12;
    // The columns of hl7_received; HL7 itself allows 20 characters in MSH-10 and 227 in MSH-3 and MSH-4.
    private static final int CONTROL_ID = 200;
    private static final int SENDER = 500;
    /** The statuses of OBX-11 that stand for a result. Others, such as D and W, take one back. */
    private static final Set<String> RESULTS = Set.of("", "F", "C", "P", "S", "R", "U", "A");

    private final MessageWriter writer;
    private final ZoneId zone;
    private final HapiContext hapi = new DefaultHapiContext(new CanonicalModelClassFactory("2.5"));

    /**
     * Creates a reader.
     *
     * @param writer has the properties
     * @param zone the clinic's zone, for the date of a document that has none
     */
    ResultReader(MessageWriter writer, ZoneId zone) {
        this.writer = writer;
        this.zone = zone;
        hapi.setValidationContext(ValidationContextFactory.noValidation());
    }

    /**
     * Reads a message.
     *
     * @throws RefusedMessageException if it cannot be taken
     */
    Result read(ReceivedMessage received) throws RefusedMessageException {
        checkKind(received);
        ORU_R01 oru = parse(received.text());
        if (oru.getPATIENT_RESULTReps() != 1) {
            throw RefusedMessageException.content(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR, "A message must have the results of one patient");
        }
        ORU_R01_PATIENT_RESULT result = oru.getPATIENT_RESULT();
        PID pid = result.getPATIENT().getPID();
        String id = identifier(pid, writer.property("hl7.authority"));
        String fileNumber = identifier(pid, writer.property("hl7.file-number-authority"));
        if (id == null && fileNumber == null) {
            throw RefusedMessageException.content(
                    ErrorCode.UNKNOWN_KEY_IDENTIFIER, "PID-3 has no identifier of this clinic");
        }
        List<Found> found = documents(result);
        if (found.isEmpty()) {
            throw RefusedMessageException.content(
                    ErrorCode.REQUIRED_FIELD_MISSING, "No OBX has a PDF: OBX-2 ED, OBX-5 with base64");
        }
        String digest = digest(id, fileNumber, found);
        List<Result.Document> documents = new ArrayList<>();
        for (Found document : found) {
            int part = documents.size() + 1;
            String key = sha256(received.sender(), received.controlId(), digest, "" + part)
                    .substring(0, KEY);
            documents.add(new Result.Document(
                    part, document.title() + " " + key + ".pdf", document.date(), document.content()));
        }
        return new Result(received.sender(), received.controlId(), id, fileNumber, digest, documents);
    }

    private void checkKind(ReceivedMessage received) throws RefusedMessageException {
        if (received.type().isEmpty()) {
            throw RefusedMessageException.kind(ErrorCode.UNSUPPORTED_MESSAGE_TYPE, "This is no message of HL7 v2");
        }
        if (!received.type().equals("ORU")) {
            throw RefusedMessageException.kind(ErrorCode.UNSUPPORTED_MESSAGE_TYPE, "Only ORU^R01 is taken here");
        }
        if (!received.event().equals("R01")) {
            throw RefusedMessageException.kind(ErrorCode.UNSUPPORTED_EVENT_CODE, "Only ORU^R01 is taken here");
        }
        if (!received.processingId().equals(writer.property("hl7.processing-id"))) {
            throw RefusedMessageException.kind(
                    ErrorCode.UNSUPPORTED_PROCESSING_ID,
                    "MSH-11 must be " + writer.property("hl7.processing-id") + " here");
        }
        if (received.controlId().isEmpty()) {
            throw RefusedMessageException.kind(ErrorCode.REQUIRED_FIELD_MISSING, "MSH-10 is empty");
        }
        if (received.controlId().length() > CONTROL_ID || received.sender().length() > SENDER) {
            throw RefusedMessageException.kind(ErrorCode.DATA_TYPE_ERROR, "MSH-3, MSH-4 or MSH-10 is too long");
        }
    }

    private ORU_R01 parse(String text) throws RefusedMessageException {
        try {
            Message message = hapi.getPipeParser().parse(text);
            if (message instanceof ORU_R01 oru) {
                return oru;
            }
        } catch (HL7Exception | RuntimeException e) {
            // Falls through: the exception may quote the message.
        }
        throw RefusedMessageException.content(
                ErrorCode.SEGMENT_SEQUENCE_ERROR, "The message cannot be read as ORU^R01");
    }

    private static String identifier(PID pid, String authority) throws RefusedMessageException {
        Set<String> identifiers = new LinkedHashSet<>();
        for (CX identifier : pid.getPatientIdentifierList()) {
            String id = PlainText.oneLine(identifier.getIDNumber().getValue());
            String by = identifier.getAssigningAuthority().getNamespaceID().getValue();
            if (authority.equals(by) && !id.isEmpty()) {
                identifiers.add(id);
            }
        }
        if (identifiers.size() > 1) {
            throw RefusedMessageException.content(
                    ErrorCode.DUPLICATE_KEY_IDENTIFIER, "PID-3 has several identifiers of one kind");
        }
        return identifiers.stream().findFirst().orElse(null);
    }

    private List<Found> documents(ORU_R01_PATIENT_RESULT result) throws RefusedMessageException {
        List<Found> found = new ArrayList<>();
        try {
            for (ORU_R01_ORDER_OBSERVATION order : result.getORDER_OBSERVATIONAll()) {
                for (ORU_R01_OBSERVATION observation : order.getOBSERVATIONAll()) {
                    for (Varies value : observation.getOBX().getObservationValue()) {
                        if (isDocument(observation.getOBX(), value.getData())) {
                            found.add(document(order.getOBR(), observation.getOBX(), (ED) value.getData()));
                        }
                    }
                }
            }
        } catch (HL7Exception e) {
            throw RefusedMessageException.content(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR, "The message cannot be read as ORU^R01");
        }
        return found;
    }

    /** Returns whether an observation has a document. One in another place is refused, because it would be lost. */
    private static boolean isDocument(OBX obx, Type value) throws RefusedMessageException {
        if ("RP".equals(obx.getValueType().getValue())) {
            throw RefusedMessageException.content(
                    ErrorCode.DATA_TYPE_ERROR, "OBX-2 RP is not taken: send the PDF itself, as ED");
        }
        if (!(value instanceof ED)) {
            return false;
        }
        if (!RESULTS.contains(PlainText.oneLine(obx.getObservationResultStatus().getValue()))) {
            throw RefusedMessageException.content(
                    ErrorCode.TABLE_VALUE_NOT_FOUND, "OBX-11 takes a result back, which is not possible here");
        }
        return true;
    }

    private Found document(OBR obr, OBX obx, ED value) throws RefusedMessageException {
        if (!"Base64".equalsIgnoreCase(value.getEncoding().getValue())) {
            throw RefusedMessageException.content(ErrorCode.DATA_TYPE_ERROR, "OBX-5.4 must be Base64");
        }
        String title = Stream.of(
                        obx.getObservationIdentifier().getText().getValue(),
                        obx.getObservationIdentifier().getIdentifier().getValue(),
                        obr.getUniversalServiceIdentifier().getText().getValue())
                .map(PlainText::oneLine)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("Result");
        LocalDate date = Stream.of(
                        obx.getDateTimeOfTheObservation().getTime().getValue(),
                        obr.getObservationDateTime().getTime().getValue(),
                        obr.getResultsRptStatusChngDateTime().getTime().getValue())
                .map(ResultReader::date)
                .filter(day -> day != null)
                .findFirst()
                .orElseGet(() -> LocalDate.now(zone));
        return new Found(name(title), date, pdf(value.getData().getValue()));
    }

    private static String name(String title) {
        String name = NOT_IN_NAMES.matcher(title).replaceAll("_");
        return name.codePointCount(0, name.length()) <= TITLE
                ? name
                : name.substring(0, name.offsetByCodePoints(0, TITLE)).strip();
    }

    /** Returns the day of a time of HL7; null if it has none. */
    private static LocalDate date(String time) {
        try {
            return time == null || time.length() < 8
                    ? null
                    : LocalDate.parse(time.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private byte[] pdf(String base64) throws RefusedMessageException {
        byte[] content;
        try {
            content = Base64.getDecoder()
                    .decode(LINE_BREAKS.matcher(base64 == null ? "" : base64).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw RefusedMessageException.content(ErrorCode.DATA_TYPE_ERROR, "OBX-5.5 is not base64");
        }
        if (content.length > Long.parseLong(writer.property("hl7.results.max-bytes"))) {
            throw RefusedMessageException.content(ErrorCode.DATA_TYPE_ERROR, "A document is too large");
        }
        if (!Arrays.equals(PDF, Arrays.copyOf(content, PDF.length))) {
            throw RefusedMessageException.content(ErrorCode.DATA_TYPE_ERROR, "OBX-5.5 is not a PDF");
        }
        return content;
    }

    private static String digest(String id, String fileNumber, List<Found> found) {
        List<String> parts = new ArrayList<>(List.of("" + id, "" + fileNumber));
        found.forEach(document -> parts.add(sha256(document.content())));
        return sha256(parts.toArray(String[]::new));
    }

    private static String sha256(String... parts) {
        return sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java runtime has SHA-256", e);
        }
    }

    /** Holds a document before its name is complete. */
    private record Found(String title, LocalDate date, byte[] content) {}
}
