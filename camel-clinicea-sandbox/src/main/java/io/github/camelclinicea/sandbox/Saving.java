/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the catalogue's writes answer: always 200, with a code that tells whether they saved (docs/design/wire.md,
 * section 4).
 */
final class Saving {
    static final int NO_SUCH_PATIENT = 1001;
    static final int NO_SUCH_APPOINTMENT = 1002;

    private static final String CODE = "SavingErrorCode";
    private static final String TEXT = "SavingErrorText";

    private Saving() {}

    /** @return the record, with the code 0 for good */
    static Answer done(StoredRow row) {
        Map<String, Object> answer = new LinkedHashMap<>(row.fields());
        answer.put(CODE, 0);
        answer.put(TEXT, null);
        return Answer.json(answer);
    }

    /** @return no record, and why */
    static Answer failed(int code, String text) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ID", null);
        answer.put(CODE, code);
        answer.put(TEXT, text);
        return Answer.json(answer);
    }

    static Answer noSuchPatient() {
        return failed(NO_SUCH_PATIENT, "there is no such patient");
    }
}
