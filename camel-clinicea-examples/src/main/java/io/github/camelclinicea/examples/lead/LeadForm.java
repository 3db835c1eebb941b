/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.lead;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads and checks the form. The public can send any form, so only these fields are read. */
final class LeadForm {
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,50}");
    private static final Map<String, Pattern> FIELDS = Map.of(
            "FirstName",
            NAME,
            "LastName",
            NAME,
            "Mobile",
            Pattern.compile("\\+?[0-9 -]{6,20}"),
            "Email",
            Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,64}\\.[^\\s@]{2,20}"));

    private LeadForm() {}

    /**
     * Returns the fields of a lead, not checked yet.
     *
     * @param form the form as sent, or null if it was empty
     * @param reference the text to find the lead by later
     */
    static Map<String, String> lead(Map<?, ?> form, String reference) {
        Map<String, String> lead = new LinkedHashMap<>();
        FIELDS.keySet().forEach(field -> lead.put(field, form == null ? "" : text(form.get(field))));
        lead.put("Notes", "Web form " + reference);
        return lead;
    }

    /**
     * Returns the problem of each wrong field, without the value; empty if there is none.
     *
     * @param lead the fields of a lead
     */
    static Map<String, String> problems(Map<?, ?> lead) {
        Map<String, String> problems = new TreeMap<>();
        FIELDS.forEach((field, pattern) -> {
            String value = text(lead.get(field));
            if (!pattern.matcher(value).matches()) {
                problems.put(field, value.isEmpty() ? "is missing" : "is not right");
            }
        });
        return problems;
    }

    private static String text(Object value) {
        return Objects.toString(value, "").strip();
    }
}
