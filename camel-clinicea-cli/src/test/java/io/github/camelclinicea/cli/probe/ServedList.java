/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.cli.probe.ServerWay.OneList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The rows of a list, in its order. */
final class ServedList {
    static final String CANARY = "CANARY";
    /** The field that may differ at each read. */
    static final String DIFFERS = "ReadAt";

    static final String UNSET = "ClosedOn";
    static final String DOT_NET = "BookedOn";

    private static final List<String> STATUSES = List.of("None", "Added", "Modified", "Deleted");
    private static final Instant BEGIN = Instant.parse("2017-03-01T00:00:00Z");
    private static final long STEP_SECONDS = 7 * 3600 + 11;

    private final OneList way;
    private final List<Row> rows = new ArrayList<>();

    /** A row; its JSON lacks the closing brace. */
    record Row(String id, Instant stamp, String json) {}

    ServedList(OneList way, long seed) {
        this.way = way;
        Random random = new Random(seed ^ way.resource.hashCode());
        for (int i = 0; i < way.rows; i++) {
            // Two rows may have the same stamp.
            Instant stamp = BEGIN.plusSeconds(STEP_SECONDS * (i % 10 == 9 ? i - 1 : i));
            rows.add(row(CANARY + "-" + new UUID(random.nextLong(), random.nextLong()), stamp, i));
        }
        switch (way.order) {
            case ASCENDING -> {}
            case DESCENDING -> Collections.reverse(rows);
            case BY_ID -> rows.sort(Comparator.comparing(Row::id));
            case NONE -> Collections.shuffle(rows, random);
        }
    }

    private Row row(String id, Instant stamp, int number) {
        String json = "{\"" + way.idField + "\":\"" + id + "\",\"" + way.statusField + "\":\""
                + STATUSES.get(number % STATUSES.size()) + "\",\"" + way.stampField + "\":\""
                + stamp.toString().replace("Z", "") + "\",\"Name\":\"" + CANARY + " " + number
                + "\",\"Total\":77007700.5,\"IsVIP\":true"
                + (way.unset ? ",\"" + UNSET + "\":\"0001-01-01T00:00:00\"" : "")
                + (way.dotNet ? ",\"" + DOT_NET + "\":\"/Date(1489000000000)/\"" : "")
                + (way.refers ? ",\"StaffID\":\"" + CANARY + "-" + number + "\"" : "")
                + (number == 0 ? ",\"" + CANARY + "Smith\":{\"" + CANARY + "Inner\":1}" : "")
                + ",\"Visits\":{\"" + CANARY + "Jones\":[\"" + CANARY + "\"]}";
        return new Row(id, stamp, json);
    }

    OneList way() {
        return way;
    }

    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        rows.forEach(row -> ids.add(row.id()));
        return ids;
    }

    /** Returns the ids of the records that are not deleted. */
    Set<String> currentIds() {
        Set<String> ids = new TreeSet<>();
        rows.stream().filter(row -> !row.json().contains("\"Deleted\"")).forEach(row -> ids.add(row.id()));
        return ids;
    }

    /** Returns the rows since a moment; all for null. */
    List<Row> since(Instant moment, boolean inclusive) {
        return moment == null
                ? rows
                : rows.stream()
                        .filter(row -> row.stamp().isAfter(moment)
                                || inclusive && row.stamp().equals(moment))
                        .toList();
    }

    String json(List<Row> page, int read) {
        StringBuilder json = new StringBuilder("[");
        for (Row row : page) {
            json.append(json.length() > 1 ? "," : "").append(row.json());
            if (way.differs) {
                json.append(",\"" + DIFFERS + "\":\"")
                        .append(CANARY)
                        .append(read)
                        .append('"');
            }
            json.append('}');
        }
        return json.append(']').toString();
    }
}
