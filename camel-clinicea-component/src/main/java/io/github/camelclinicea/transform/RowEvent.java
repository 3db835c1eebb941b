/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import io.github.camelclinicea.DataStatus;
import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.producer.message.MessageValues;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;

/**
 * Holds the attributes of a CloudEvent. They are safe as HTTP headers and in JSON,
 * because the text of a row is percent-encoded.
 *
 * <p>Specified by {@code CliniceaCloudEventDataTypeTransformerTest}.
 */
final class RowEvent {
    private static final String TYPE_PREFIX = "io.github.camelclinicea.";

    private final Map<String, String> attributes = new LinkedHashMap<>();

    /**
     * @param source the URI of the list that the row comes from
     * @param type the event's type
     * @param version the id of the row's version; with the source it identifies the event, however often it comes
     * @param recordId the record's id; null if the row has none
     * @param time the moment of the row's last change, as {@link EventTime} writes it; null if it is not known
     */
    RowEvent(String source, String type, String version, String recordId, String time) {
        attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_ID, version);
        attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, source);
        attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, type);
        if (recordId != null && !recordId.isEmpty()) {
            attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, Encoding.text(recordId));
        }
        if (time != null) {
            attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_TIME, time);
        }
        attributes.put(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, CliniceaJsonDataTypeTransformer.MEDIA_TYPE);
    }

    /**
     * Returns the type of an event, such as {@code io.github.camelclinicea.patients.modified}.
     *
     * @param resource the resource
     * @param status the row's status as sent; a row without one counts as {@code None}
     */
    static String type(String resource, String status) {
        String word = status == null || status.isBlank() ? DataStatus.NONE.wireName() : status;
        return TYPE_PREFIX + Encoding.text(resource) + "." + Encoding.text(word.toLowerCase(Locale.ROOT));
    }

    /** Returns the attributes by Camel's names of their headers. */
    Map<String, String> attributes() {
        return attributes;
    }

    /**
     * Returns the event as a JSON object with its attributes and its data.
     *
     * @param data the data, the UTF-8 of well-formed JSON
     */
    byte[] json(byte[] data) {
        Map<String, String> members = new LinkedHashMap<>();
        attributes.forEach((header, value) -> members.put(CloudEvents.v1_0.jsonAttribute(header), value));
        byte[] head = MessageValues.json(MessageValues.of(members));
        ByteArrayOutputStream event = new ByteArrayOutputStream(head.length + data.length + 16);
        // Without the brace at the end. The data is written as it is, so that no number is spelled in another way.
        event.write(head, 0, head.length - 1);
        event.writeBytes(",\"data\":".getBytes(StandardCharsets.US_ASCII));
        event.writeBytes(data);
        event.write('}');
        return event.toByteArray();
    }
}
