/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs an invented clinic in this process. Its records can be compared without the component.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class SandboxClinic implements AutoCloseable {
    private final CliniceaSandbox sandbox;
    private final ObjectMapper json = new ObjectMapper();

    SandboxClinic(int patients, int appointments, int bills) {
        sandbox = CliniceaSandbox.builder()
                .patients(patients)
                .appointments(appointments)
                .bills(bills)
                .start();
    }

    /** Confirms the path that the catalogue guesses. The sandbox has it, so the warning is not needed there. */
    static void addOptions(ListOptions options) {
        String name = Mirrored.DELETED_BILLS.resource();
        Catalogue.shipped()
                .resource(name)
                .ifPresent(
                        list -> options.putIfAbsent(name, "path", list.changes().path()));
    }

    Account account() {
        return new Account(sandbox.baseUrl(), sandbox.apiKey(), null, null);
    }

    /** Returns all current records by their ids. */
    Map<String, JsonNode> records(Mirrored what, ChangeList list) throws JsonProcessingException {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (Map<String, Object> row : sandbox.clinic().rows(what.resource())) {
            // Written and read again, so that numbers have the same types as those read from the mirror.
            JsonNode record = json.readTree(json.writeValueAsString(row));
            records.put(what.id(record, list), record);
        }
        return records;
    }

    /**
     * Changes records.
     *
     * @param resources the resources to change
     * @param count the number of records of each resource to add, to change and to delete
     * @return the number of all changes
     */
    int change(List<Mirrored> resources, int count) {
        Clinic clinic = sandbox.clinic();
        int changes = 0;
        for (Mirrored what : resources) {
            List<String> ids = clinic.ids(what.resource());
            for (int i = 0; i < count; i++) {
                clinic.add(what.resource());
                changes++;
            }
            // Spread over the whole list, so that old and new records change.
            int step = Math.max(1, ids.size() / (2 * count));
            for (int i = 0; i < 2 * count && i * step < ids.size(); i++) {
                String id = ids.get(i * step);
                if (i % 2 == 0) {
                    clinic.change(what.resource(), id);
                } else {
                    clinic.delete(what.resource(), id);
                }
                changes++;
            }
        }
        return changes;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
