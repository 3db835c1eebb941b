/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import io.github.camelclinicea.CliniceaConstants;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.model.RouteDefinition;

/**
 * Defines one route for each resource. It deletes a row that Clinicea reports as deleted, and writes every other row. A
 * route may receive a row again after a crash, so each statement may be repeated.
 */
final class MirrorRoutes extends RouteBuilder {
    private final Progress progress;
    private final MirrorOptions options;
    private final int delayMillis;

    MirrorRoutes(Progress progress, MirrorOptions options, int delayMillis) {
        this.progress = progress;
        this.options = options;
        this.delayMillis = delayMillis;
    }

    @Override
    public void configure() {
        String bills = Mirrored.BILLS.table(options.tablePrefix());
        String deletedBills = options.tablePrefix() + MirrorDatabase.TOMBSTONES;
        mirror(Mirrored.PATIENTS);
        mirror(Mirrored.APPOINTMENTS);
        mirror(Mirrored.BILLS)
                // The list of bills omits deleted bills. They come on their own list, by another route, which may be
                // ahead of this one.
                .to("sql:DELETE FROM " + bills + " WHERE id = :#CamelCliniceaRecordId AND id IN (SELECT id FROM "
                        + deletedBills + ")");
        deletedBills(bills, deletedBills);
    }

    private RouteDefinition mirror(Mirrored what) {
        String table = what.table(options.tablePrefix());
        RouteDefinition route = changes(what.resource());
        route.setProperty("record", body())
                .choice()
                .when(header(CliniceaConstants.DATA_STATUS).isEqualTo("Deleted"))
                .to("sql:DELETE FROM " + table + " WHERE id = :#CamelCliniceaRecordId")
                .otherwise()
                .to("sql:UPDATE " + table
                        + " SET status = :#CamelCliniceaDataStatus, modified = :#CamelCliniceaModified,"
                        + " record = :#${exchangeProperty.record} WHERE id = :#CamelCliniceaRecordId")
                .choice()
                .when(header(SqlConstants.SQL_UPDATE_COUNT).isEqualTo(0))
                .to("sql:INSERT INTO " + table + " (id, status, modified, record) VALUES (:#CamelCliniceaRecordId,"
                        + " :#CamelCliniceaDataStatus, :#CamelCliniceaModified, :#${exchangeProperty.record})")
                .end()
                .end();
        return route;
    }

    private void deletedBills(String bills, String deletedBills) {
        changes(Mirror.DELETED_BILLS)
                .to("sql:INSERT INTO " + deletedBills + " (id) SELECT CAST(:#CamelCliniceaRecordId AS VARCHAR(64))"
                        + " WHERE NOT EXISTS (SELECT 1 FROM " + deletedBills + " WHERE id = :#CamelCliniceaRecordId)")
                .to("sql:DELETE FROM " + bills + " WHERE id = :#CamelCliniceaRecordId");
    }

    private RouteDefinition changes(String resource) {
        return from("clinicea:" + resource
                        + "?apiKey={{mirror.api-key}}&baseUrl={{mirror.base-url}}&idempotentRepository=#syncState"
                        + "&bodyType=Json&initialDelay=0&delay=" + delayMillis
                        + (resource.equals(Mirror.DELETED_BILLS) && options.deletedBillsPath() != null
                                ? "&path=" + options.deletedBillsPath()
                                : ""))
                .routeId(resource)
                .bean(progress, "count");
    }
}
