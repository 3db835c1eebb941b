/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.cli.EndpointUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the records of an account again, to compare them with the mirror. It never changes the account.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 *
 * @param options options of the endpoints
 */
record RealAccount(ListOptions options) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Lists all current records by their ids. The producer does it, which shares no state with the consumers that
     * filled the mirror.
     */
    Map<String, JsonNode> records(Mirrored what, Mirror mirror) throws JsonProcessingException {
        List<?> rows = mirror.camel()
                .createFluentProducerTemplate()
                .to(EndpointUri.with(options.uri(what.resource()), "operation=list&bodyType=Json"))
                .request(List.class);
        ChangeList list = mirror.list(what);
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (Object row : rows) {
            JsonNode record = JSON.readTree((String) row);
            if (Mirrored.isDeleted(record, list)) {
                records.remove(what.id(record, list));
            } else {
                records.put(what.id(record, list), record);
            }
        }
        return records;
    }
}
