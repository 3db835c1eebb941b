/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.camelclinicea.client.json.RowScanner.TooLargeException;
import io.github.camelclinicea.client.json.RowScanner.UncertainException;
import io.github.camelclinicea.row.RecordId;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Reads a page with rows that cannot be read. {@link RowScanner} finds where each row ends, and each row is read by
 * itself, as strictly as always. A row that cannot be read becomes a row with a defect. The other rows are as from any
 * other page.
 */
final class RowByRowReader {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final RowFields fields;
    private final PageParser parser;
    private final byte[] page;
    private final RowScanner scanner;
    private final Set<String> filledFields;
    private final List<Row> rows = new ArrayList<>(128);
    private boolean objects;
    private boolean singleValues;

    /**
     * Creates a reader of one page.
     *
     * @param fields the fields that the component reads
     * @param parser reads a single row
     * @param maxRowSize the largest row in bytes
     * @param filledFields receives the names of the filled fields of readable rows; null if they are not needed
     */
    RowByRowReader(RowFields fields, PageParser parser, byte[] page, int maxRowSize, Set<String> filledFields) {
        this.fields = fields;
        this.parser = parser;
        this.page = page;
        this.scanner = new RowScanner(page, maxRowSize);
        this.filledFields = filledFields;
    }

    /**
     * Reads the page.
     *
     * @return its rows in the order sent
     * @throws MalformedPageException if it is not an array of rows, or the end of a row is uncertain
     */
    List<Row> read() throws MalformedPageException {
        try {
            scanner.open();
            while (hasNext()) {
                PageParser.requireRoom(rows);
                rows.add(row());
            }
            scanner.close();
            // An array of texts has no rows. It may be the message of an error.
            if (singleValues && !objects) {
                throw new MalformedPageException("it is an array without an object");
            }
            return rows;
        } catch (UncertainException e) {
            throw new MalformedPageException(e.getMessage(), objects);
        }
    }

    private boolean hasNext() throws MalformedPageException {
        try {
            return scanner.next(rows.size());
        } catch (UncertainException e) {
            throw MalformedPageException.at(rows, e.getMessage(), e instanceof TooLargeException);
        }
    }

    private MalformedPageException uncertain(String why) {
        return MalformedPageException.at(rows, why);
    }

    private Row row() throws MalformedPageException {
        byte[] json = Arrays.copyOfRange(page, scanner.start(), scanner.end());
        if (json[0] == '[') {
            return unreadable(json, "it is an array");
        }
        if (json[0] != '{') {
            boolean isNull = Arrays.equals(json, NULL);
            singleValues |= !isNull;
            return unreadable(json, isNull ? "it is null" : "it is a single value");
        }
        objects = true;
        try {
            List<Row> read = parser.parse(asPage(json), page.length, filledFields);
            if (read.size() == 1) {
                return read.get(0);
            }
        } catch (MalformedPageException e) {
            throw e;
        } catch (IOException e) {
            return unreadable(json, defect(e));
        }
        throw uncertain("may be several");
    }

    /** Returns a page with one row, so that the limit of nesting is the same as in a whole page. */
    private static byte[] asPage(byte[] row) {
        byte[] page = new byte[row.length + 2];
        page[0] = '[';
        System.arraycopy(row, 0, page, 1, row.length);
        page[page.length - 1] = ']';
        return page;
    }

    /** Returns the reason of a defect. Jackson's own message would quote the row. */
    private static String defect(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a name, text or number in it is too long";
        }
        return Json.DUPLICATE_FIELD.equals(e.getMessage()) ? Json.DUPLICATE_FIELD : "it is not well-formed JSON";
    }

    private Row unreadable(byte[] json, String defect) throws MalformedPageException {
        if (scanner.mayHoldAnother()) {
            throw uncertain("may be several");
        }
        String id = first(fields.ids(), RecordId::same);
        String status = first(fields.statuses(), String::equals);
        String modified = first(fields.modified(), String::equals);
        RowVersion version = RowVersion.of(id, status, modified, json);
        return new Row(id, status, modified, json, null, version, defect);
    }

    /** Returns the value of the first of these fields that the row has; null if it is uncertain. */
    private String first(List<String> names, BiPredicate<String, String> same) {
        for (String name : names) {
            Found found = find(name, same);
            if (found != Found.NOTHING) {
                return found.text();
            }
        }
        return null;
    }

    /**
     * The value of a field.
     *
     * @param text the value; null if it is uncertain
     */
    private record Found(String text) {
        static final Found NOTHING = new Found("");
        static final Found UNCERTAIN = new Found(null);
    }

    private Found find(String name, BiPredicate<String, String> same) {
        Found found = null;
        for (int field = 0; field < scanner.fields(); field++) {
            if (name.equals(scalar(scanner.name(field)).text())) {
                Found value = scalar(scanner.value(field));
                if (value == Found.UNCERTAIN || found != null && !same.test(found.text(), value.text())) {
                    return Found.UNCERTAIN;
                }
                found = value;
            }
        }
        return found == null ? Found.NOTHING : found;
    }

    /** Returns the text of a single value; nothing if it is null, empty, an object or an array. */
    private static Found scalar(byte[] json) {
        if (json.length > 0 && (json[0] == '{' || json[0] == '[')) {
            return Found.NOTHING;
        }
        try (JsonParser parser = Json.CHECKED_FACTORY.createParser(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(json))
                .toString())) {
            JsonToken token = parser.nextToken();
            if (token == null || !token.isScalarValue()) {
                return Found.UNCERTAIN;
            }
            Found found = token == JsonToken.VALUE_NULL || parser.getText().isEmpty()
                    ? Found.NOTHING
                    : new Found(parser.getText());
            return parser.nextToken() == null ? found : Found.UNCERTAIN;
        } catch (IOException e) {
            return Found.UNCERTAIN;
        }
    }
}
