/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelclinicea.examples.books.Voucher.Line;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a voucher as a journal of Zoho Books, and reads what Zoho responds to it. */
final class ZohoJournal {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ZohoJournal() {}

    static String authorization(BooksSettings settings) {
        return settings.text("zoho.scheme") + " " + settings.text("zoho.token");
    }

    static String organization(BooksSettings settings) {
        return "organization_id=" + encoded(settings.text("zoho.organization"));
    }

    /** Returns the query that searches the journal of a voucher by its number. */
    static String query(Voucher voucher, BooksSettings settings) {
        return organization(settings) + "&reference_number=" + encoded(voucher.number());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String request(Voucher voucher) throws JsonProcessingException {
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("journal_date", voucher.dated().toString());
        journal.put("reference_number", voucher.number());
        journal.put("notes", voucher.narration());
        journal.put("status", "published");
        journal.put(
                "line_items", voucher.lines().stream().map(ZohoJournal::line).toList());
        return JSON.writeValueAsString(journal);
    }

    private static Map<String, Object> line(Line line) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("account_id", line.account());
        item.put("debit_or_credit", line.isDebit() ? "debit" : "credit");
        item.put("amount", line.amount());
        return item;
    }

    /**
     * Checks the response to a create.
     *
     * @throws RefusedException if Zoho has refused the journal
     * @throws UnclearResponseException if the response does not say what became of it
     */
    static void check(String response) throws UnclearResponseException {
        JsonNode answer = parse(response);
        if (!answer.path("code").isInt()) {
            throw new UnclearResponseException("Zoho's response has no code");
        }
        if (answer.path("code").asInt() != 0) {
            throw new RefusedException(answer.path("message").asText("Zoho has created no journal"));
        }
        if (answer.path("journal").path("journal_id").asText().isEmpty()) {
            throw new UnclearResponseException("Zoho's response has no id of a journal");
        }
    }

    /**
     * Returns whether a list of journals has that of a voucher.
     *
     * @throws RefusedException if another journal has its number
     * @throws UnclearResponseException if the list cannot be read, or is not whole
     */
    static boolean isListed(Voucher voucher, String response) throws UnclearResponseException {
        JsonNode answer = parse(response);
        if (answer.path("code").asInt(-1) != 0 || !answer.path("journals").isArray()) {
            throw new UnclearResponseException("Zoho's response is no list of journals");
        }
        for (JsonNode journal : answer.path("journals")) {
            if (journal.path("reference_number").asText().equals(voucher.number())) {
                checkTotal(voucher, journal);
                return true;
            }
        }
        if (answer.path("page_context").path("has_more_page").asBoolean()) {
            throw new UnclearResponseException("Zoho's list of journals is not filtered by the number");
        }
        return false;
    }

    private static void checkTotal(Voucher voucher, JsonNode journal) {
        if (journal.path("total").isNumber()
                && journal.path("total").decimalValue().compareTo(voucher.total()) != 0) {
            throw new RefusedException("Zoho has another journal with this number");
        }
    }

    private static JsonNode parse(String response) throws UnclearResponseException {
        try {
            JsonNode answer = JSON.readTree(response == null ? "" : response);
            if (!answer.isObject()) {
                throw new UnclearResponseException("Zoho's response is no object of JSON");
            }
            return answer;
        } catch (JsonProcessingException e) {
            // Without the cause, because it quotes the response.
            throw new UnclearResponseException("Zoho's response is not JSON");
        }
    }
}
