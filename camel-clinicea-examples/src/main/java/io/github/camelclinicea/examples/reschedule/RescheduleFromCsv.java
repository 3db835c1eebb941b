/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reschedule;

import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.BindyType;

/**
 * Moves the appointments of a CSV file, and reports the outcome of each line. After a crash the file may be read again,
 * because a second move to the same time changes nothing.
 */
public class RescheduleFromCsv extends RouteBuilder {
    @Override
    public void configure() {
        from("file:moves?include=.*[.]csv&charset=UTF-8&readLock=changed&moveFailed=.failed")
                .routeId("moves")
                .split(body().tokenize("\n", 1, true), AggregationStrategies.groupedBody())
                .doTry()
                .unmarshal()
                .bindy(BindyType.Csv, Move.class)
                .setProperty("move", body())
                .to("clinicea:appointments?apiKey={{clinicea.api-key}}&operation=update&mergeOnUpdate=true")
                .setBody(Moved::from)
                .doCatch(Exception.class)
                .setBody(Moved::from)
                .end()
                .end()
                .marshal()
                .bindy(BindyType.Csv, Moved.class)
                .to("file:moves/reports");
    }
}
