/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.base.ParserBase;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a well-formed page into its rows in one pass. Of a row, only id, status and stamp are read, and the version is
 * computed. The row's bytes are kept as sent. The same pass makes maps if {@code bodyType=Map}.
 *
 * <p>Specified by {@code RowReaderTest} and {@code RowReaderShortCutsTest}.
 */
final class PageParser {
    private static final Logger LOG = LoggerFactory.getLogger(PageParser.class);

    /** Far more rows than a list without pages has. */
    static final int MAX_ROWS = 50_000;

    /**
     * The largest page in bytes whose maps are made in the same pass. Maps take several times the memory of their JSON,
     * so those of a larger page are made later, one by one.
     */
    private static final int MAX_SIZE_FOR_MAPS = 1024 * 1024;

    private final RowFields fields;
    private final BodyFormat ahead;
    private final boolean versions;

    /**
     * Creates a parser.
     *
     * @param fields the fields that the component reads
     * @param ahead the format of the bodies to make while a page is read, where that is possible; null for none
     * @param versions whether rows get a version
     */
    PageParser(RowFields fields, BodyFormat ahead, boolean versions) {
        this.fields = fields;
        this.ahead = ahead;
        this.versions = versions;
    }

    /**
     * Returns the rows of a page.
     *
     * @param filledFields receives the names of the fields in which a row has a value other than null and an empty
     *     text, once the whole page has been read; null if they are not needed
     * @throws MalformedPageException if it has too many rows or fields
     * @throws IOException if a row of it cannot be read. Jackson's message may quote the page
     */
    List<Row> parse(byte[] json, Set<String> filledFields) throws IOException {
        return parse(json, json.length, filledFields);
    }

    /**
     * As {@link #parse(byte[], Set)}, for a part of a page.
     *
     * @param pageSize the size of the whole page in bytes
     */
    List<Row> parse(byte[] json, int pageSize, Set<String> filledFields) throws IOException {
        // The parser does not decode a text that it skips, so malformed UTF-8 would be detected only in the route.
        if (Utf8.firstError(json) >= 0) {
            throw new CharacterCodingException();
        }
        if (ahead == BodyFormat.MAP && pageSize <= MAX_SIZE_FOR_MAPS) {
            try {
                return parse(json, true, filledFields);
            } catch (MalformedPageException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // The page is malformed, or holds a value that fits no type. In the second case only that row may fail.
                LOG.debug("A page is read again without making maps of its rows: {}", e.getClass());
            }
        }
        return parse(json, false, filledFields);
    }

    private List<Row> parse(byte[] json, boolean maps, Set<String> filledFields) throws IOException {
        List<Row> rows = new ArrayList<>(128);
        RowLayout layout = new RowLayout(fields, filledFields != null);
        CanonicalContent content = versions ? new CanonicalContent(json) : null;
        try (ParserBase parser = (ParserBase) Json.CHECKED_FACTORY.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT);
                requireRoom(rows);
                rows.add(row(parser, json, layout, content, maps));
            }
            require(parser.nextToken() == null);
            if (filledFields != null) {
                layout.addFilledTo(filledFields);
            }
            return rows;
        }
    }

    /** Checks that a page may have another row. */
    static void requireRoom(List<Row> rows) throws MalformedPageException {
        if (rows.size() == MAX_ROWS) {
            throw MalformedPageException.tooLarge("it has more than " + MAX_ROWS + " rows");
        }
    }

    private static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("not an array of objects");
        }
    }

    private Row row(ParserBase parser, byte[] json, RowLayout layout, CanonicalContent content, boolean maps)
            throws IOException {
        int start = place(parser);
        String[] ids = new String[fields.ids().size()];
        String[] statuses = new String[fields.statuses().size()];
        String[] stamps = new String[fields.modified().size()];
        int fieldsBefore = layout.beginRow();
        if (content != null) {
            content.beginRow();
        }
        Map<String, Object> map = maps ? PlainValues.mapOf(fieldsBefore) : null;
        for (RowLayout.Field field = layout.next(parser); field != null; field = layout.next(parser)) {
            JsonToken value = parser.nextToken();
            if (content != null) {
                content.field(field.plainLength(), place(parser), value);
            }
            if (layout.mayBeFirstValueOf(field) && isFilled(value, json, place(parser))) {
                layout.setFilled(field);
            }
            if (maps) {
                map.put(field.name(), PlainValues.read(parser));
            } else if (!value.isScalarValue()) {
                skip(parser, layout);
            }
            if (field.wanted() && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                set(ids, field.id(), text);
                set(statuses, field.status(), text);
                set(stamps, field.modified(), text);
            }
        }
        int end = place(parser);
        byte[] text = Arrays.copyOfRange(json, start, end + 1);
        Object body = ahead == BodyFormat.JSON ? BodyFormat.JSON.body(text) : map;
        String id = first(ids);
        String status = first(statuses);
        String modified = first(stamps);
        RowVersion version = content == null ? null : content.version(layout, start, end, id, status, modified);
        return new Row(id, status, modified, text, body, version, null);
    }

    /**
     * Returns the place where the present token begins, unless it is a name. The parser's location would be a new
     * object.
     */
    private static int place(ParserBase parser) {
        return (int) parser.getTokenCharacterOffset() - 1;
    }

    private static boolean isFilled(JsonToken value, byte[] json, int place) {
        return value != JsonToken.VALUE_NULL && !(value == JsonToken.VALUE_STRING && json[place + 1] == '"');
    }

    private static void set(String[] values, int place, String text) {
        if (place >= 0) {
            values[place] = text;
        }
    }

    /** Skips to the end of the object or array that has just begun. */
    private static void skip(JsonParser parser, RowLayout layout) throws IOException {
        Set<String> names = parser.currentToken() == JsonToken.START_OBJECT ? new HashSet<>() : null;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                layout.addInner(parser.currentName());
                if (!names.add(parser.currentName())) {
                    throw new IOException(Json.DUPLICATE_FIELD);
                }
            }
            if (token.isStructStart()) {
                skip(parser, layout);
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
}
