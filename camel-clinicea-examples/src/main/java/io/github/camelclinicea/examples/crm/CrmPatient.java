/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.crm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a row of the CRM's table. Fields have Clinicea's names.
 *
 * @param id the row's key in the CRM
 * @param cliniceaId the patient's id in Clinicea, or null if it is not known
 * @param version the number of edits in the CRM
 * @param fields the values in the CRM
 * @param agreed the values that Clinicea last had; empty if the patient was never there
 */
record CrmPatient(long id, String cliniceaId, int version, Map<String, String> fields, Map<String, String> agreed) {
    private static final String NOTES = "Notes";
    private static final Pattern REFERENCE = Pattern.compile("CRM (\\d{1,18})");

    /**
     * Returns the fields to create the patient with. The notes carry a reference, which identifies the patient later.
     */
    Map<String, String> asNew() {
        Map<String, String> created = new LinkedHashMap<>(fields);
        created.put(NOTES, "CRM " + id);
        return created;
    }

    /** Returns the CRM's id from a patient's notes, or empty if this sync did not create the patient. */
    static Optional<Long> reference(Map<?, ?> record) {
        Matcher matcher = REFERENCE.matcher(text(record.get(NOTES)));
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Returns the fields that were edited in the CRM and that Clinicea does not have yet. */
    Map<String, String> unsent() {
        Map<String, String> unsent = new LinkedHashMap<>(fields);
        unsent.entrySet().removeIf(field -> field.getValue().equals(agreedOn(field.getKey())));
        return unsent;
    }

    /**
     * Returns the row with Clinicea's values, except in the fields that were edited in the CRM.
     *
     * @param record the patient as Clinicea has it
     */
    CrmPatient with(Map<?, ?> record) {
        Map<String, String> theirs = theirs(record);
        Map<String, String> merged = new LinkedHashMap<>(theirs);
        merged.putAll(unsent());
        return new CrmPatient(id, cliniceaId, version, merged, theirs);
    }

    /**
     * Returns Clinicea's values of the fields that were edited in the CRM, too, to another value.
     *
     * @param record the patient as Clinicea has it
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

    /**
     * Returns Clinicea's values. A field that the record lacks is left out and not taken as empty, because Clinicea may
     * have another name for it.
     */
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

    /** Returns the key only, because the fields are a patient's data. */
    @Override
    public String toString() {
        return "CrmPatient " + id;
    }
}
