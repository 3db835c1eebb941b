/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import io.github.camelclinicea.CliniceaConstants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Makes a CloudEvent of version 1.0 of each row that a consumer emits. The body of a single row becomes its JSON, which
 * is the data of the event, and the attributes become Camel's headers {@code CamelCloudEvent…}. The rows of a batch
 * become one JSON array of events, because headers can hold only one.
 *
 * <p>A batch that was transformed before stays as it is, and so does a message without a body and without a source. Such
 * a message comes with {@code sendEmptyMessageWhenIdle}.
 */
@DataTypeTransformer(
        name = CliniceaCloudEventDataTypeTransformer.NAME,
        description = "Sets the CloudEvent headers of a record (JSON), or transforms the records of a batch to a JSON"
                + " batch of CloudEvents")
public class CliniceaCloudEventDataTypeTransformer extends Transformer {
    static final String NAME = "clinicea:application-cloudevents";

    /** The media type of a batch of events. */
    static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json";

    /**
     * Transforms the body, and sets the headers of the event, or {@code Content-Type} for a batch.
     *
     * @throws IllegalArgumentException if the message is not one of a consumer, or its body cannot be written as JSON;
     *     the message does not quote it
     */
    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        boolean isIdle = message.getBody() == null && message.getHeader(CliniceaConstants.SOURCE) == null;
        if (isIdle || BATCH_MEDIA_TYPE.equals(message.getHeader(Exchange.CONTENT_TYPE))) {
            return;
        }
        List<?> versions = message.getHeader(CliniceaConstants.VERSIONS, List.class);
        if (versions != null) {
            transformBatch(message, versions);
        } else {
            transformRow(message);
        }
    }

    private static void transformRow(Message message) {
        RowEvent event = new RowEvent(
                header(message, CliniceaConstants.SOURCE),
                type(message),
                header(message, CliniceaConstants.VERSION),
                message.getHeader(CliniceaConstants.RECORD_ID, String.class),
                time(message));
        if (message.getBody() instanceof Collection<?>) {
            throw new IllegalArgumentException(NAME + ": the body is a list, and the headers are those of one row."
                    + " Transform each row before rows are aggregated");
        }
        byte[] data = new RecordJson(NAME, message).body();
        message.removeHeader(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT);
        message.removeHeader(CloudEvent.CAMEL_CLOUD_EVENT_TIME);
        event.attributes().forEach(message::setHeader);
        message.setHeader(Exchange.CONTENT_TYPE, CliniceaJsonDataTypeTransformer.MEDIA_TYPE);
        message.setBody(data);
    }

    /** Returns the time of the row's stamp. With {@code clinicZone}, a local time has one, too. */
    private static String time(Message message) {
        Instant moment = message.getHeader(CliniceaConstants.MODIFIED_INSTANT, Instant.class);
        return moment == null
                ? EventTime.of(message.getHeader(CliniceaConstants.MODIFIED, String.class))
                : EventTime.of(moment);
    }

    private static void transformBatch(Message message, List<?> versions) {
        String source = header(message, CliniceaConstants.SOURCE);
        String type = type(message);
        List<byte[]> records = new RecordJson(NAME, message).records();
        List<?> ids = list(message, CliniceaConstants.RECORD_IDS, versions.size());
        List<?> modified = list(message, CliniceaConstants.MODIFIEDS, versions.size());
        if (records.size() != versions.size()) {
            throw new IllegalArgumentException(NAME + ": the body has " + records.size() + " records and the batch had "
                    + versions.size() + ". Transform the batch before records are added or removed");
        }
        List<byte[]> events = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            RowEvent event = new RowEvent(
                    source, type, text(versions.get(i)), text(ids.get(i)), EventTime.of(text(modified.get(i))));
            events.add(event.json(records.get(i)));
        }
        message.setHeader(Exchange.CONTENT_TYPE, BATCH_MEDIA_TYPE);
        message.setBody(RecordJson.array(events));
    }

    private static String type(Message message) {
        return RowEvent.type(
                header(message, CliniceaConstants.RESOURCE),
                message.getHeader(CliniceaConstants.DATA_STATUS, String.class));
    }

    /** Returns a header that every row has. */
    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        if (value == null) {
            throw new IllegalArgumentException(NAME + ": the message has no header " + name
                    + ". Transform a row that a consumer emitted, before another system removes its headers");
        }
        return value;
    }

    /** Returns a header with one text for each row; nulls if another step removed it. */
    private static List<?> list(Message message, String name, int size) {
        List<?> list = message.getHeader(name, List.class);
        return list != null && list.size() == size ? list : Collections.nCopies(size, null);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
