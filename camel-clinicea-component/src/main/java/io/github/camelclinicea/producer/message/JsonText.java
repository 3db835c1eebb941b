/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.client.json.JsonDefect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;

/**
 * Parses the text of a message, and says what is wrong with it if it is not JSON.
 *
 * <p>Specified by {@code BrokenJsonTest}.
 */
public final class JsonText {
    /** The blanks before a text that are skipped to see how it begins. */
    private static final int MAX_BLANKS = 1_024;

    /** Reports that the text is not JSON. The message completes a sentence about the text and quotes nothing. */
    public static final class InvalidException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean meantAsJson;

        private InvalidException(String message, boolean meantAsJson) {
            super(message);
            this.meantAsJson = meantAsJson;
        }

        /** Returns whether the text begins as JSON does. */
        boolean isMeantAsJson() {
            return meantAsJson;
        }
    }

    private interface Parser {
        JsonNode parse() throws IOException;
    }

    private JsonText() {}

    /**
     * Parses a text.
     *
     * @throws InvalidException if it is not one JSON value
     */
    public static JsonNode parse(String text) throws IOException {
        String stripped = text.stripLeading();
        return parse(
                stripped.isEmpty() ? -1 : stripped.charAt(0),
                () -> Json.mapper().readTree(text));
    }

    /** Parses the bytes of a text. */
    static JsonNode parse(InputStream text) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(text);
        buffered.mark(MAX_BLANKS);
        int first = buffered.read();
        for (int i = 1; i < MAX_BLANKS && Character.isWhitespace(first); i++) {
            first = buffered.read();
        }
        buffered.reset();
        return parse(first, () -> Json.mapper().readTree(buffered));
    }

    private static JsonNode parse(int first, Parser parser) throws IOException {
        if (first < 0) {
            throw new InvalidException("is empty", false);
        }
        if (first == '<') {
            throw new InvalidException("is HTML or XML and not JSON", false);
        }
        try {
            return parser.parse();
        } catch (JsonProcessingException | CharacterCodingException | NumberFormatException e) {
            boolean meantAsJson = first == '{' || first == '[';
            throw new InvalidException(meantAsJson ? JsonDefect.of(e) : "is not JSON", meantAsJson);
        }
    }
}
