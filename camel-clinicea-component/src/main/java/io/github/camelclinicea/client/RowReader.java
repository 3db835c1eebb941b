package io.github.camelclinicea.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a page apart into its rows in one pass. Only id, status and stamp are read, the rest of a row is passed on as the
 * bytes it came in, unless maps are asked for, which are made in the same pass. Anything but a bare array of objects is an error.
 */
final class RowReader {
    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    static final String TWICE = "a field comes twice in one object";

    private final List<String> idFields;
    private final List<String> statusFields;
    private final List<String> modifiedFields;

    private final BodyFormat ahead;

    /** @param ahead the bodies that rows are to come with, where they can be made while a page is looked at; null for none */
    RowReader(List<String> idFields, List<String> statusFields, List<String> modifiedFields, BodyFormat ahead) {
        this.ahead = ahead;
        this.idFields = idFields;
        this.statusFields = statusFields;
        this.modifiedFields = modifiedFields;
    }

    /**
     * @param json a page, UTF-8, with or without a byte order mark, which the parser knows
     * @return its rows in the order sent
     * @throws MalformedPageException if it is not a complete, well-formed array of objects
     */
    List<WireRow> read(byte[] json) throws MalformedPageException {
        requireUtf8(json);
        if (ahead == BodyFormat.MAP) {
            try {
                return read(json, true);
            } catch (IOException | RuntimeException e) {
                // A broken page, or a good one with a value that no type can hold, of which only its own row shall
                // suffer.
                LOG.debug("A page is read without making maps of its rows in passing: {}", e.getClass());
            }
        }
        return read(json, false);
    }

    private List<WireRow> read(byte[] json, boolean maps) throws MalformedPageException {
        List<WireRow> rows = new ArrayList<>(128);
        RowLayout layout = new RowLayout(idFields, statusFields, modifiedFields);
        try (JsonParser parser = Json.CHECKED_FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedPageException("it is not an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new MalformedPageException("its row " + rows.size() + " is not an object");
                }
                rows.add(row(parser, json, layout, maps));
            }
            if (parser.nextToken() != null) {
                throw new MalformedPageException("something follows its array");
            }
            return rows;
        } catch (MalformedPageException e) {
            throw e;
        } catch (IOException e) {
            // Jackson's own message quotes what it stumbled over.
            throw new MalformedPageException("its row " + rows.size() + " is not well-formed JSON");
        }
    }

    private WireRow row(JsonParser parser, byte[] json, RowLayout layout, boolean maps) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String[] ids = new String[idFields.size()];
        String[] statuses = new String[statusFields.size()];
        String[] stamps = new String[modifiedFields.size()];
        int fieldsBefore = layout.beginRow();
        Map<String, Object> map = maps ? JsonValues.mapOf(fieldsBefore) : null;
        for (RowLayout.Field field = layout.next(parser); field != null; field = layout.next(parser)) {
            JsonToken value = parser.nextToken();
            if (maps) {
                map.put(field.name(), JsonValues.read(parser));
            } else if (!value.isScalarValue()) {
                skip(parser);
            }
            if (field.wanted() && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                note(text, ids, field.id());
                note(text, statuses, field.status());
                note(text, stamps, field.modified());
            }
        }
        int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
        byte[] text = Arrays.copyOfRange(json, start, end);
        Object body = ahead == BodyFormat.JSON ? BodyFormat.JSON.body(text) : map;
        String id = first(ids);
        String status = first(statuses);
        String modified = first(stamps);
        return new WireRow(id, status, modified, text, body, RowVersion.of(id, status, modified, text), null);
    }

    private static void note(String text, String[] values, int place) {
        if (place >= 0) {
            values[place] = text;
        }
    }

    /** Goes to the end of what has just begun, an object or an array. */
    private static void skip(JsonParser parser) throws IOException {
        Set<String> names = parser.currentToken() == JsonToken.START_OBJECT ? new HashSet<>() : null;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME && !names.add(parser.currentName())) {
                throw new IOException(TWICE);
            }
            if (token.isStructStart()) {
                skip(parser);
            }
        }
    }

    private static String first(String[] values) {
        for (String value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /** A text that is skipped is not decoded, so a broken one would surface only in the route. */
    private static void requireUtf8(byte[] json) throws MalformedPageException {
        // Zeroes at the start are what the parser knows UTF-16 and UTF-32 by; it would then count characters, not
        // bytes.
        for (int i = 0; i < Math.min(4, json.length); i++) {
            if (json[i] == 0) {
                throw new MalformedPageException("it is not UTF-8 at byte " + i);
            }
        }
        int error = Utf8.firstError(json);
        if (error >= 0) {
            throw new MalformedPageException("it is not UTF-8 at byte " + error);
        }
    }

    /** A page that cannot be taken for one. The message holds nothing of it. */
    static final class MalformedPageException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedPageException(String message) {
            super(message);
        }
    }
}
