/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.cli.EndpointUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * Defines one route for each resource. An exchange carries all rows of a page with the same status, and is one
 * transaction with the state of the sync. So each version of a row takes effect exactly once, even after a crash.
 *
 * <p>Specified by {@code MirrorCommandTest} and {@code MirrorKilledTest}.
 */
final class MirrorRoutes extends RouteBuilder {
    private static final String DELETE_ROWS = " WHERE id IN (:#in:" + CliniceaConstants.RECORD_IDS + ")";

    private final Progress progress;
    private final ChangedRecords changed;
    private final RowFailures failures;
    private final MirrorSettings settings;

    MirrorRoutes(Progress progress, ChangedRecords changed, RowFailures failures, MirrorSettings settings) {
        this.failures = failures;
        this.progress = progress;
        this.changed = changed;
        this.settings = settings;
    }

    @Override
    public void configure() {
        onException(Throwable.class).onExceptionOccurred(failures).logExhausted(false);
        settings.resources().forEach(what -> {
            if (what.equals(Mirrored.BILLS)) {
                bills();
                deletedBills();
            } else {
                mirror(what);
            }
        });
    }

    private void mirror(Mirrored what) {
        String table = settings.table(what);
        changes(what)
                .to("sql:DELETE FROM " + table + DELETE_ROWS)
                .filter(MirrorRoutes::isCurrent)
                .setBody(MirrorRoutes::rows)
                .to(insert(table));
    }

    /**
     * The list of bills omits deleted bills. They come on their own list, by another route, which may be ahead of this
     * one. Both routes lock the same row first: neither would see what the other has not committed yet.
     */
    private void bills() {
        String bills = settings.table(Mirrored.BILLS);
        changes(Mirrored.BILLS)
                .to(lock())
                .to("sql:DELETE FROM " + bills + DELETE_ROWS)
                .filter(MirrorRoutes::isCurrent)
                .setBody(MirrorRoutes::rows)
                .to(insert(bills))
                .to("sql:DELETE FROM " + bills + DELETE_ROWS + " AND id IN (SELECT id FROM " + tombstones() + ")");
    }

    private void deletedBills() {
        changes(Mirrored.DELETED_BILLS)
                .to(lock())
                .to("sql:DELETE FROM " + tombstones() + DELETE_ROWS)
                .setBody(MirrorRoutes::rows)
                .to("sql:INSERT INTO " + tombstones() + " (id) VALUES (:#id)?batch=true")
                .to("sql:DELETE FROM " + settings.table(Mirrored.BILLS) + DELETE_ROWS);
    }

    private String tombstones() {
        return settings.tablePrefix() + MirrorDatabase.TOMBSTONES;
    }

    private String lock() {
        return "sql:UPDATE " + settings.tablePrefix() + MirrorDatabase.BILLS_LOCK + " SET locked = locked + 1";
    }

    private static String insert(String table) {
        return "sql:INSERT INTO " + table + " (id, status, modified, record) VALUES (:#id, :#"
                + CliniceaConstants.DATA_STATUS + ", :#modified, :#record)?batch=true";
    }

    private static boolean isCurrent(Exchange exchange) {
        return !Mirrored.isDeleted(exchange.getMessage().getHeader(CliniceaConstants.DATA_STATUS, String.class));
    }

    private static void requireIds(Exchange exchange) {
        List<?> ids = exchange.getMessage().getHeader(CliniceaConstants.RECORD_IDS, List.class);
        if (ids.stream().anyMatch(Objects::isNull)) {
            throw new RowFailures.MissingIdException();
        }
    }

    /** Returns the parameters of each row for {@code batch=true}. */
    private static List<Map<String, Object>> rows(Exchange exchange) {
        Message message = exchange.getMessage();
        List<?> ids = message.getHeader(CliniceaConstants.RECORD_IDS, List.class);
        List<?> modifieds = message.getHeader(CliniceaConstants.MODIFIEDS, List.class);
        String status = message.getHeader(CliniceaConstants.DATA_STATUS, String.class);
        List<?> records = message.getBody(List.class);
        List<Map<String, Object>> rows = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", ids.get(i));
            // Null if the list has no field with a status. Camel takes it from the row only.
            row.put(CliniceaConstants.DATA_STATUS, status);
            row.put("modified", modifieds.get(i));
            row.put("record", records.get(i));
            rows.add(row);
        }
        return rows;
    }

    private RouteDefinition changes(Mirrored what) {
        return from(EndpointUri.with(
                        settings.options().uri(what.resource()),
                        "idempotentRepository=#syncState&batching=true&transacted=true&bodyType=Json&initialDelay=0"
                                + "&exceptionHandler=#rowFailures"
                                + "&delay=" + settings.delay()))
                .routeId(what.resource())
                .process(MirrorRoutes::requireIds)
                .bean(progress, "count")
                .bean(changed, "add");
    }
}
