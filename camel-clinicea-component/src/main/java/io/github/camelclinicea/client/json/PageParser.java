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
 * Takes a well-formed page apart into its rows in one pass. Only id, status and stamp are read, and the version is taken; the
 * rest of a row is passed on as the bytes it came in, unless maps are asked for, which are made in the same pass.
 */
final class PageParser {
    private static final Logger LOG = LoggerFactory.getLogger(PageParser.class);

    /** Far more than a list has that is not paged. */
    static final int MAX_ROWS = 50_000;

    /** In bytes. Maps need several times the memory of their JSON, so those of a larger page are made one by one. */
    private static final int MAX_SIZE_FOR_MAPS = 1024 * 1024;

    static final String TWICE = "a field comes twice in one object";

    private final RowFields fields;
    private final BodyFormat ahead;
    private final boolean versions;

    /**
     * @param fields the fields that are looked at
     * @param ahead the bodies that rows are to come with, where they can be made while a page is looked at; null for none
     * @param versions whether rows are to have a version
     */
    PageParser(RowFields fields, BodyFormat ahead, boolean versions) {
        this.fields = fields;
        this.ahead = ahead;
        this.versions = versions;
    }

    /**
     * Reads a page of which every row can be read.
     *
     * @throws MalformedPageException if it has too many rows or fields
     * @throws IOException if it is another one; Jackson's message may quote it
     */
    List<Row> parse(byte[] json) throws IOException {
        return parse(json, json.length);
    }

    /**
     * As {@link #parse(byte[])}, for a part of a page.
     *
     * @param pageSize how many bytes the whole page has
     */
    List<Row> parse(byte[] json, int pageSize) throws IOException {
        // A text that is skipped is not decoded, so a broken one would surface only in the route.
        if (Utf8.firstError(json) >= 0) {
            throw new CharacterCodingException();
        }
        if (ahead == BodyFormat.MAP && pageSize <= MAX_SIZE_FOR_MAPS) {
            try {
                return parse(json, true);
            } catch (MalformedPageException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // A broken page, or a good one with a value that no type can hold, of which only its own row shall
                // suffer.
                LOG.debug("A page is read without making maps of its rows in passing: {}", e.getClass());
            }
        }
        return parse(json, false);
    }

    private List<Row> parse(byte[] json, boolean maps) throws IOException {
        List<Row> rows = new ArrayList<>(128);
        RowLayout layout = new RowLayout(fields);
        CanonicalContent content = versions ? new CanonicalContent(json) : null;
        try (ParserBase parser = (ParserBase) Json.CHECKED_FACTORY.createParser(json)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT);
                requireRoom(rows);
                rows.add(row(parser, json, layout, content, maps));
            }
            require(parser.nextToken() == null);
            return rows;
        }
    }

    /** @param rows the rows so far, with which another one is to come */
    static void requireRoom(List<Row> rows) throws MalformedPageException {
        if (rows.size() == MAX_ROWS) {
            throw MalformedPageException.tooLarge("it has more than " + MAX_ROWS + " rows");
        }
    }

    private static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("no array of objects");
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
            if (maps) {
                map.put(field.name(), PlainValues.read(parser));
            } else if (!value.isScalarValue()) {
                skip(parser, layout);
            }
            if (field.wanted() && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                note(text, ids, field.id());
                note(text, statuses, field.status());
                note(text, stamps, field.modified());
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

    /** Returns where the parser's token, which is not a name, begins. Its location says the same, but is an object each time. */
    private static int place(ParserBase parser) {
        return (int) parser.getTokenCharacterOffset() - 1;
    }

    private static void note(String text, String[] values, int place) {
        if (place >= 0) {
            values[place] = text;
        }
    }

    /** Goes to the end of what has just begun, an object or an array. */
    private static void skip(JsonParser parser, RowLayout layout) throws IOException {
        Set<String> names = parser.currentToken() == JsonToken.START_OBJECT ? new HashSet<>() : null;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                layout.noteInner(parser.currentName());
                if (!names.add(parser.currentName())) {
                    throw new IOException(TWICE);
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
