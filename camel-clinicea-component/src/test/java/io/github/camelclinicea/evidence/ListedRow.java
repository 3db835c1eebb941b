package io.github.camelclinicea.evidence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A row of a change list.
 *
 * @param id the record's id
 * @param stamp when it was changed, by the server's clock
 * @param json the row as sent
 * @param readable false if it is not a row that a connector can read
 */
record ListedRow(String id, Instant stamp, String json, boolean readable) {
    static final Instant LONG_AGO = Instant.parse("2020-03-01T08:00:00Z");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    /** Returns a patient's row whose further members are JSON text, for instance {@code "Age":3}. */
    static ListedRow patient(String id, Instant stamp, String... members) {
        return of("PatientID", id, stamp, members);
    }

    static ListedRow bill(String id, Instant stamp, String... members) {
        return of("BillID", id, stamp, members);
    }

    static ListedRow of(String idField, String id, Instant stamp, String... members) {
        String head = "\"" + idField + "\":\"" + id + "\",\"DataStatusStr\":\"Modified\",\"ModifiedDatetime\":\""
                + text(stamp) + "\"";
        return new ListedRow(
                id, stamp, "{" + head + (members.length == 0 ? "" : "," + String.join(",", members)) + "}", true);
    }

    /** Returns a row that is sent as this text, well-formed or not. */
    static ListedRow unreadable(String id, Instant stamp, String text) {
        return new ListedRow(id, stamp, text, false);
    }

    /** Returns patients with the ids p{from} onwards, one second apart. */
    static List<ListedRow> patients(int from, int count, Instant first, String... members) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> patient("p" + i, first.plusSeconds(i), members))
                .toList();
    }

    static List<String> ids(List<ListedRow> rows) {
        return rows.stream().map(ListedRow::id).toList();
    }

    String modified() {
        return text(stamp);
    }

    static String text(Instant stamp) {
        return STAMP.format(LocalDateTime.ofInstant(stamp, ZoneOffset.UTC));
    }
}
