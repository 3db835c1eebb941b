/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.testing.HttpClinic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Is the process that is killed. Its only route reports each row to the clinic, and keeps its state in the given
 * database.
 */
final class ChildMain {
    private ChildMain() {}

    /**
     * Runs the route. The arguments are the node's name, the base URL, the JDBC URL, the delay between polls in ms, and
     * a failpoint or "none".
     */
    public static void main(String[] args) throws Exception {
        String node = args[0];
        String baseUrl = args[1];
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(args[2]);
        IdempotentRepository state = new JdbcMessageIdRepository(dataSource, "crash");
        if (!args[4].equals("none")) {
            state = new Failpoint(state, args[4]);
        }
        HttpClient http = HttpClient.newHttpClient();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("state", state);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?apiKey=k&baseUrl=" + baseUrl + "&syncId=" + HttpClinic.SYNC_ID
                                + "&idempotentRepository=#state&overlap=2s&initialDelay=0&delay=" + args[3])
                        .process(exchange -> {
                            Map<?, ?> row = exchange.getMessage().getBody(Map.class);
                            report(http, baseUrl, node, row);
                        });
            }
        });
        camel.start();
        System.out.println("started");
        Thread.currentThread().join();
    }

    static void report(HttpClient http, String baseUrl, String node, Map<?, ?> row)
            throws IOException, InterruptedException {
        URI uri = URI.create(
                baseUrl + "/arrived?node=" + node + "&id=" + row.get("PatientID") + "&version=" + row.get("Version"));
        int status = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 204) {
            throw new IOException("the clinic did not take the report");
        }
    }
}
