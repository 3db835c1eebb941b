/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.Json;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The text with which a response that is no success explains itself. It consists of the texts of the fields that servers use for
 * messages of errors, or else the text of the body. Credentials in it are masked.
 *
 * <p>The response to a read is a special case if its status is one of success. Its JSON may be records, and its text
 * may be a token or a signature. So only an object that is all error has a message, or a text of several words.
 *
 * @param text the message; null if the response has none
 * @param savingErrorCode the code of a saving error; null if there is none that is a number
 */
record ServerMessage(String text, Integer savingErrorCode) {
    private static final int MAX_LENGTH = 2_000;

    /** The part of a body without a message that is looked at. */
    private static final int MAX_BODY = 64 * 1024;

    /** The largest body that is searched for a message. */
    private static final int MAX_JSON = 1024 * 1024;

    private static final int DEEPEST = 20;

    private static final ErrorObject ERRORS = new ErrorObject(object -> null);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private static final Pattern SEVERAL_WORDS = Pattern.compile("(?s).*\\S\\s+\\S.*");

    /**
     * Returns what a response says.
     *
     * @param request its request
     * @param response a response that is no success
     * @param secrets the credentials that may be echoed
     */
    static ServerMessage of(Request request, Response response, Collection<String> secrets) {
        JsonNode body = json(response.body());
        if (request.readOnly() && response.isSuccessful()) {
            return new ServerMessage(ofRead(body, response, secrets), null);
        }
        String message = message(body, response.isSuccessful());
        return new ServerMessage(
                message != null ? cut(SecretMask.hide(message, secrets)) : text(body, response, secrets),
                body == null ? null : code(body, 0));
    }

    private static String message(JsonNode body, boolean mayBeRecord) {
        if (body == null) {
            return null;
        }
        String saving = messages(body, ErrorObject::isSavingErrorText);
        boolean hasMessages = !mayBeRecord || body.isObject() && ERRORS.replacesRecord(body);
        return saving == null && hasMessages ? messages(body, ErrorObject::isMessage) : saving;
    }

    private static String ofRead(JsonNode body, Response response, Collection<String> secrets) {
        if (body != null && body.isContainerNode()) {
            JsonNode only = body.isArray() && body.size() == 1 ? body.get(0) : body;
            String message = only.isObject() && ERRORS.isAllError(only) ? message(only, false) : null;
            return message == null ? null : cut(SecretMask.hide(message, secrets));
        }
        String text = text(body, response, secrets);
        boolean mayBeRecord = text == null || text.startsWith("{") || text.startsWith("[");
        return !mayBeRecord && SEVERAL_WORDS.matcher(text).matches() ? text : null;
    }

    /** Returns the body; null if it is not JSON, or too large to be an error. */
    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = body.length > MAX_JSON ? null : Json.mapper().readTree(body);
            return json == null || json.isMissingNode() ? null : json;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static String text(JsonNode body, Response response, Collection<String> secrets) {
        if (body != null && body.isTextual()) {
            return cut(SecretMask.hide(body.asText(), secrets));
        }
        byte[] bytes = response.body();
        boolean whole = bytes.length <= MAX_BODY;
        String text = SecretMask.hide(new String(bytes, 0, whole ? bytes.length : MAX_BODY, charset(bytes)), secrets);
        // The end of a part may be the beginning of a secret.
        return cut(whole ? text : text.substring(0, Math.max(0, text.length() - SecretMask.longest(secrets))));
    }

    /** Returns UTF-8, or UTF-16 if the bytes begin as an ASCII text of it does: credentials must be found in it, too. */
    private static Charset charset(byte[] text) {
        boolean marked = text.length > 1 && (text[0] == -1 && text[1] == -2 || text[0] == -2 && text[1] == -1);
        boolean zeroFirst = text.length > 1 && text[0] == 0;
        boolean zeroSecond = text.length > 1 && text[1] == 0;
        return marked
                ? StandardCharsets.UTF_16
                : zeroFirst
                        ? StandardCharsets.UTF_16BE
                        : zeroSecond ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /** Returns the texts for people in an error; null if there are none. */
    private static String messages(JsonNode body, Predicate<String> isMessage) {
        Set<String> found = new LinkedHashSet<>();
        collect(body, isMessage, false, 0, found);
        return found.isEmpty() ? null : String.join("; ", found);
    }

    /** @param inError whether the node is in a field of messages, so that all of its texts count */
    private static void collect(
            JsonNode node, Predicate<String> isMessage, boolean inError, int depth, Set<String> found) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isTextual() && inError && !node.asText().isBlank()) {
            found.add(node.asText().strip());
        }
        if (node.isArray()) {
            node.forEach(entry -> collect(entry, isMessage, inError, depth + 1, found));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            boolean counts = isMessage.test(field.getKey()) || inError && !ErrorObject.isForPrograms(field.getKey());
            collect(field.getValue(), isMessage, counts, depth + 1, found);
        }
    }

    private static Integer code(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String code = field.getValue().asText();
            if (ErrorObject.isSavingErrorCode(field.getKey())
                    && ErrorObject.isErrorValue(field.getValue())
                    && NUMBER.matcher(code).matches()) {
                return Integer.valueOf(code);
            }
        }
        for (JsonNode inner : node) {
            Integer code = code(inner, depth + 1);
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    /** Returns the beginning of a text; null if it is blank. */
    private static String cut(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (stripped.length() <= MAX_LENGTH) {
            return stripped;
        }
        boolean splitsPair = Character.isHighSurrogate(stripped.charAt(MAX_LENGTH - 1));
        return stripped.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    /** Returns the class name only, because the text may be a patient's. */
    @Override
    public String toString() {
        return "ServerMessage";
    }
}
