/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the responses of the catalogue's writes. The status is always 200, and a code in the body says whether the
 * record was saved ({@code docs/design/wire.md, section 4}).
 *
 * <p>Specified by {@code WriteTest}.
 */
final class Saving {
    static final int NO_SUCH_PATIENT = 1001;
    static final int NO_SUCH_APPOINTMENT = 1002;

    private static final String CODE = "SavingErrorCode";
    private static final String TEXT = "SavingErrorText";

    private Saving() {}

    /** Returns the record with code 0, which means saved. */
    static SandboxResponse done(StoredRow row) {
        Map<String, Object> response = new LinkedHashMap<>(row.fields());
        response.put(CODE, 0);
        response.put(TEXT, null);
        return SandboxResponse.json(response);
    }

    /** Returns a response without a record, with the reason. */
    static SandboxResponse failed(int code, String text) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("ID", null);
        response.put(CODE, code);
        response.put(TEXT, text);
        return SandboxResponse.json(response);
    }

    static SandboxResponse noSuchPatient() {
        return failed(NO_SUCH_PATIENT, "there is no such patient");
    }
}
