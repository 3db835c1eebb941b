/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds a row of a change list.
 *
 * @param id the record's id
 * @param stamp the time of its change, by the server's clock
 * @param json the row as sent
 * @param readable false if the component cannot read the row
 */
public record ListedRow(String id, Instant stamp, String json, boolean readable) {
    public static final Instant LONG_AGO = Instant.parse("2020-03-01T08:00:00Z");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    /** Returns a patient's row with additional members as JSON text, for instance {@code "Age":3}. */
    public static ListedRow patient(String id, Instant stamp, String... members) {
        return of("PatientID", id, stamp, members);
    }

    /** Returns the same row with another status than {@code Modified}. */
    public ListedRow withStatus(String status) {
        return new ListedRow(
                id,
                stamp,
                json.replace("\"DataStatusStr\":\"Modified\"", "\"DataStatusStr\":\"" + status + "\""),
                readable);
    }

    public static ListedRow bill(String id, Instant stamp, String... members) {
        return of("BillID", id, stamp, members);
    }

    public static ListedRow of(String idField, String id, Instant stamp, String... members) {
        String head = "\"" + idField + "\":\"" + id + "\",\"DataStatusStr\":\"Modified\",\"ModifiedDatetime\":\""
                + text(stamp) + "\"";
        return new ListedRow(
                id, stamp, "{" + head + (members.length == 0 ? "" : "," + String.join(",", members)) + "}", true);
    }

    /** Returns a row that is sent as the given text, which may be malformed. */
    public static ListedRow unreadable(String id, Instant stamp, String text) {
        return new ListedRow(id, stamp, text, false);
    }

    /** Returns patients with the ids p{from} onwards, one second apart. */
    public static List<ListedRow> patients(int from, int count, Instant first, String... members) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> patient("p" + i, first.plusSeconds(i), members))
                .toList();
    }

    public static List<String> ids(List<ListedRow> rows) {
        return rows.stream().map(ListedRow::id).toList();
    }

    public String modified() {
        return text(stamp);
    }

    public static String text(Instant stamp) {
        return STAMP.format(LocalDateTime.ofInstant(stamp, ZoneOffset.UTC));
    }
}
