package io.github.camelclinicea.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a page apart into its rows without building a tree of it: only id, status and stamp are read, the rest of a row is
 * passed on as the bytes it came in. Anything but a bare array of objects is an error.
 */
final class RowReader {
    private final List<String> idFields;
    private final List<String> statusFields;
    private final List<String> modifiedFields;

    RowReader(List<String> idFields, List<String> statusFields, List<String> modifiedFields) {
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
        List<WireRow> rows = new ArrayList<>(128);
        try (JsonParser parser = Json.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedPageException("it is not an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new MalformedPageException("its row " + rows.size() + " is not an object");
                }
                rows.add(row(parser, json));
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

    private WireRow row(JsonParser parser, byte[] json) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String[] ids = new String[idFields.size()];
        String[] statuses = new String[statusFields.size()];
        String[] stamps = new String[modifiedFields.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue()) {
                note(idFields, ids, name, parser);
                note(statusFields, statuses, name, parser);
                note(modifiedFields, stamps, name, parser);
            } else {
                parser.skipChildren();
            }
        }
        int end = (int) parser.currentTokenLocation().getByteOffset() + 1;
        return new WireRow(first(ids), first(statuses), first(stamps), Arrays.copyOfRange(json, start, end));
    }

    private static void note(List<String> fields, String[] values, String name, JsonParser parser) throws IOException {
        int index = fields.indexOf(name);
        if (index >= 0 && parser.currentToken() != JsonToken.VALUE_NULL) {
            values[index] = parser.getText();
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
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(json);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new MalformedPageException("it is not UTF-8 at byte " + in.position());
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
