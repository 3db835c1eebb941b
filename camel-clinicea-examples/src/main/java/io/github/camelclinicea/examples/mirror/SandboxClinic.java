/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Runs an invented clinic in this process. Its records can be compared without the component. */
final class SandboxClinic implements Clinicea {
    private final CliniceaSandbox sandbox;
    private final ObjectMapper json = new ObjectMapper();

    SandboxClinic(MirrorOptions options) {
        sandbox = CliniceaSandbox.builder()
                .patients(options.patients())
                .appointments(options.appointments())
                .bills(options.bills())
                .start();
    }

    @Override
    public String baseUrl() {
        return sandbox.baseUrl();
    }

    @Override
    public String apiKey() {
        return sandbox.apiKey();
    }

    @Override
    public Map<String, JsonNode> records(Mirrored what, CamelContext camel) throws JsonProcessingException {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (Map<String, Object> row : sandbox.clinic().rows(what.resource())) {
            // Written and read again, so that numbers have the same types as those read from the mirror.
            JsonNode record = json.readTree(json.writeValueAsString(row));
            records.put(what.id(record), record);
        }
        return records;
    }

    @Override
    public int change(int count) {
        Clinic clinic = sandbox.clinic();
        int changes = 0;
        for (Mirrored what : Mirrored.values()) {
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
