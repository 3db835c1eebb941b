/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plays Zoho Books: creates a journal for each POST, as it knows no key of a request. */
final class FakeZoho extends Sink {
    static final String TOKEN = "zoho-token";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    ResponseDefinition carryOut(Request request) {
        if (!("Zoho-oauthtoken " + TOKEN).equals(request.getHeader("Authorization"))
                || !request.queryParameter("organization_id").containsValue("1")) {
            return response(401, "{\"code\":57,\"message\":\"You are not authorized\"}");
        }
        return request.getMethod().equals(RequestMethod.GET) ? list(request) : create(request);
    }

    private ResponseDefinition list(Request request) {
        String number = request.queryParameter("reference_number").firstValue();
        // Zoho may take the filter as a part of the number.
        List<String> journals = taken().stream()
                .filter(journal -> journal.number().contains(number))
                .map(journal -> "{\"journal_id\":\"j\",\"reference_number\":\"" + journal.number() + "\",\"total\":"
                        + total(journal) + "}")
                .toList();
        return response(200, "{\"code\":0,\"message\":\"success\",\"journals\":" + journals + "}");
    }

    private static BigDecimal total(Taken journal) {
        return journal.lines().stream()
                .map(Map.Entry::getValue)
                .filter(amount -> amount.signum() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private ResponseDefinition create(Request request) {
        JsonNode journal = json(request.getBodyAsString());
        List<Map.Entry<String, BigDecimal>> lines = new ArrayList<>();
        for (JsonNode line : journal.path("line_items")) {
            BigDecimal amount = line.path("amount").decimalValue();
            lines.add(Map.entry(
                    line.path("account_id").asText(),
                    line.path("debit_or_credit").asText().equals("debit") ? amount : amount.negate()));
        }
        BigDecimal sum = lines.stream().map(Map.Entry::getValue).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() != 0 || lines.size() < 2) {
            return response(400, "{\"code\":13011,\"message\":\"Debits and credits differ\"}");
        }
        take(new Taken(
                request.getHeader("Idempotency-Key"),
                journal.path("reference_number").asText(),
                journal.path("journal_date").asText(),
                lines));
        return response(201, "{\"code\":0,\"message\":\"created\",\"journal\":{\"journal_id\":\"j\"}}");
    }

    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
