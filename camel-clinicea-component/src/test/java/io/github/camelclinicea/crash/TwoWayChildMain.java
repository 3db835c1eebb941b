/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.client.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;

/** Is the process that is killed. It carries changes from the clinic to the CRM and back. */
final class TwoWayChildMain {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TwoWayChildMain() {}

    /**
     * Runs the routes. The arguments are the node's name, the URLs of the clinic and the CRM, the JDBC URL, and a
     * failpoint or "none".
     */
    public static void main(String[] args) throws Exception {
        String crm = args[2];
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(args[3]);
        IdempotentRepository state = new JdbcMessageIdRepository(dataSource, "crash");
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("state", args[4].equals("none") ? state : new Failpoint(state, args[4]));
        String options = "?apiKey=k&maxRetries=0&baseUrl=" + args[1]
                + "&suppressEcho=true&syncId=both&idempotentRepository=#state";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients" + options + "&initialDelay=0&delay=100")
                        .process(exchange -> send(
                                crm + "/arrived",
                                Json.mapper()
                                        .writeValueAsString(
                                                exchange.getMessage().getBody(Map.class))));
                from("timer:crm?period=100")
                        .process(exchange -> ask(exchange, crm))
                        .filter(body().isNotEqualTo(""))
                        .process(exchange -> exchange.getMessage()
                                .setBody(Map.of("Phone", exchange.getMessage().getBody(String.class))))
                        .setHeader(CliniceaConstants.RECORD_ID, constant("p1"))
                        .to("clinicea:patients" + options + "&operation=update")
                        .process(exchange -> send(crm + "/done", ""));
            }
        });
        camel.start();
        Thread.currentThread().join();
    }

    private static void ask(Exchange exchange, String crm) throws IOException, InterruptedException {
        exchange.getMessage().setBody(send(crm + "/todo", ""));
    }

    private static String send(String uri, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the CRM responded with " + response.statusCode());
        }
        return response.body();
    }
}
