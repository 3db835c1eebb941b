/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of the CRM's table. Fields have Clinicea's names.
 *
 * @param id its key in the CRM
 * @param cliniceaId the patient's id in Clinicea, or null if it is not known
 * @param version how often it was edited in the CRM
 * @param fields what the CRM has
 * @param agreed what Clinicea last had; empty if it was never there
 */
record CrmPatient(long id, String cliniceaId, int version, Map<String, String> fields, Map<String, String> agreed) {
    private static final String NOTES = "Notes";
    private static final Pattern REFERENCE = Pattern.compile("CRM (\\d{1,18})");

    /** @return what to create the patient with: in its notes is by what to know it again */
    Map<String, String> asNew() {
        Map<String, String> created = new LinkedHashMap<>(fields);
        created.put(NOTES, "CRM " + id);
        return created;
    }

    /** @return the CRM's id that a patient was created with, if it was created by this sync */
    static Optional<Long> reference(Map<?, ?> record) {
        Matcher matcher = REFERENCE.matcher(text(record.get(NOTES)));
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** @return what was edited in the CRM, and Clinicea does not have */
    Map<String, String> unsent() {
        Map<String, String> unsent = new LinkedHashMap<>(fields);
        unsent.entrySet().removeIf(field -> field.getValue().equals(agreedOn(field.getKey())));
        return unsent;
    }

    /**
     * @param record the patient as Clinicea has it
     * @return the row with what is in there, but for the fields that were edited in the CRM
     */
    CrmPatient with(Map<?, ?> record) {
        Map<String, String> theirs = theirs(record);
        Map<String, String> merged = new LinkedHashMap<>(theirs);
        merged.putAll(unsent());
        return new CrmPatient(id, cliniceaId, version, merged, theirs);
    }

    /**
     * @param record the patient as Clinicea has it
     * @return what was entered there in fields that were also edited in the CRM, to something else
     */
    Map<String, String> overruled(Map<?, ?> record) {
        Map<String, String> overruled = theirs(record);
        overruled.keySet().retainAll(unsent().keySet());
        overruled
                .entrySet()
                .removeIf(field -> field.getValue().equals(agreedOn(field.getKey()))
                        || field.getValue().equals(fields.get(field.getKey())));
        return overruled;
    }

    /** A field that the record lacks is not empty: Clinicea may call it otherwise. */
    private Map<String, String> theirs(Map<?, ?> record) {
        Map<String, String> theirs = new LinkedHashMap<>();
        fields.forEach((field, ours) ->
                theirs.put(field, record.containsKey(field) ? text(record.get(field)) : agreedOn(field)));
        return theirs;
    }

    private String agreedOn(String field) {
        return agreed.getOrDefault(field, "");
    }

    private static String text(Object value) {
        return Objects.toString(value, "");
    }

    /** @return nothing of the patient but the key */
    @Override
    public String toString() {
        return "CrmPatient " + id;
    }
}
