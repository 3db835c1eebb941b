/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * Reads a real account, and never changes it.
 *
 * @param baseUrl the server's address
 * @param apiKey the account's key
 */
record RealAccount(String baseUrl, String apiKey) implements Clinicea {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Lists all records again with the producer, which shares no state with the consumers that filled the mirror. */
    @Override
    public Map<String, JsonNode> records(Mirrored what, CamelContext camel) throws JsonProcessingException {
        List<?> rows = camel.createFluentProducerTemplate()
                .to("clinicea:" + what.resource()
                        + "?operation=list&bodyType=Json&apiKey={{mirror.api-key}}&baseUrl={{mirror.base-url}}")
                .request(List.class);
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (Object row : rows) {
            JsonNode record = JSON.readTree((String) row);
            String status = record.path("DataStatusStr")
                    .asText(record.path("DataStatusValue").asText());
            if (status.equals("Deleted")) {
                records.remove(what.id(record));
            } else {
                records.put(what.id(record), record);
            }
        }
        return records;
    }

    @Override
    public int change(int count) {
        return 0;
    }

    @Override
    public void close() {
        // Holds nothing to close.
    }

    /** Returns no values, because the key is a secret. */
    @Override
    public String toString() {
        return "RealAccount";
    }
}
