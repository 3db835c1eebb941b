/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaBudgetException;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.state.JdbcSyncRepository;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Is the process that is killed. It looks a patient up again and again, until its budget is used up. */
final class BudgetChildMain {
    private BudgetChildMain() {}

    /** Runs the look-ups. The arguments are the node's name, the base URL, the JDBC URL and the options. */
    public static void main(String[] args) throws Exception {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(args[2]);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("state", new JdbcSyncRepository(dataSource, "budget"));
        camel.start();
        FluentProducerTemplate call = camel.createFluentProducerTemplate()
                .withDefaultEndpoint("clinicea:patients?operation=get&apiKey=k&baseUrl=" + args[1]
                        + "&idempotentRepository=#state&" + args[3]);
        Exception failure = null;
        while (failure == null) {
            failure = call.withHeader(CliniceaConstants.RECORD_ID, "p1").send().getException();
        }
        System.out.println(failure);
        Runtime.getRuntime().halt(failure instanceof CliniceaBudgetException ? 0 : 1);
    }
}
