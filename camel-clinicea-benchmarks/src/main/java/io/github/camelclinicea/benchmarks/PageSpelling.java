/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Names the ways in which a server may spell the same page. */
public enum PageSpelling {
    /** The order of fields is the same in each row, and letters are not escaped. */
    USUAL {
        @Override
        byte[] of(byte[] page) {
            return page;
        }
    },
    /** The order of fields differs from row to row. */
    ANY_ORDER {
        @Override
        byte[] of(byte[] page) throws IOException {
            Random random = new Random(1);
            ArrayNode shuffled = JSON.createArrayNode();
            for (var row : JSON.readTree(page)) {
                List<String> names = new ArrayList<>();
                row.fieldNames().forEachRemaining(names::add);
                Collections.shuffle(names, random);
                ObjectNode other = shuffled.addObject();
                names.forEach(name -> other.set(name, row.get(name)));
            }
            return JSON.writeValueAsBytes(shuffled);
        }
    },
    /** Letters beyond ASCII, which one row in four has, are escaped. */
    ESCAPES {
        @Override
        byte[] of(byte[] page) throws IOException {
            return JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build()
                    .writeValueAsBytes(JSON.readTree(page));
        }
    },
    /** Each row has a list of ten objects. */
    NESTED_LIST {
        @Override
        byte[] of(byte[] page) throws IOException {
            var rows = JSON.readTree(page);
            for (var row : rows) {
                ArrayNode items = ((ObjectNode) row).putArray("Items");
                for (int item = 0; item < 10; item++) {
                    items.addObject()
                            .put("ServiceName", "Consultation " + item)
                            .put("Quantity", item)
                            .put("Amount", 10.25)
                            .putNull("Discount");
                }
            }
            return JSON.writeValueAsBytes(rows);
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the page in this spelling. */
    abstract byte[] of(byte[] page) throws IOException;
}
