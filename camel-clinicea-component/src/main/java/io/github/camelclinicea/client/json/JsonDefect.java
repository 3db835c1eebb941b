/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.charset.CharacterCodingException;

/**
 * Says what is wrong with text that should be JSON, and where. It does not quote the text, which Jackson's own messages
 * do.
 *
 * <p>Specified by {@code BrokenJsonTest}.
 */
public final class JsonDefect {
    /** The defect of a page of HTML in place of JSON. */
    static final String HTML = "is HTML or XML, as of a login page or a proxy: check baseUrl and proxyHost";

    private JsonDefect() {}

    /**
     * Returns what is wrong, as the rest of a sentence that begins with the text.
     *
     * @param e what Jackson threw when it read the text
     */
    public static String of(Throwable e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof CharacterCodingException || message.startsWith("Invalid UTF-8")) {
            return "is not in UTF-8";
        }
        if (e instanceof StreamConstraintsException) {
            return "is nested too deeply, or too large" + place(e);
        }
        if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
            return "ends too early" + place(e);
        }
        if (message.startsWith("Duplicate field")) {
            return "has a field twice" + place(e);
        }
        return (e instanceof MismatchedInputException ? "has other text behind its end" : "is broken") + place(e);
    }

    /**
     * Returns what is wrong with the body of a response, as the rest of a sentence that begins with the body.
     *
     * @param e what was thrown when the body was read
     */
    static String of(byte[] body, Throwable e) {
        int first = first(body);
        if (first == body.length) {
            return "is empty";
        }
        if (body[0] == 0 || body.length > 1 && body[1] == 0) {
            return "is not in UTF-8";
        }
        return body[first] == '<' ? HTML : of(e);
    }

    /** Returns whether a body is HTML or XML, so that another server or a maintenance page has responded. */
    public static boolean isMarkup(byte[] body) {
        int first = first(body);
        return first < body.length && body[first] == '<';
    }

    private static int first(byte[] body) {
        int first = 0;
        while (first < body.length && Character.isWhitespace(body[first])) {
            first++;
        }
        return first;
    }

    private static String place(Throwable e) {
        JsonLocation location = e instanceof JsonProcessingException json ? json.getLocation() : null;
        return location == null || location.getLineNr() < 1
                ? ""
                : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
