/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.IOException;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Measures the start of a context with one endpoint, in a new JVM, and prints the milliseconds. */
final class StartUp {
    private StartUp() {}

    /**
     * Starts a context and prints the milliseconds.
     *
     * @param args the endpoint that the only route begins with
     */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(args[0]).process(exchange -> {});
            }
        });
        camel.start();
        System.out.println((System.nanoTime() - start) / 1e6);
        camel.stop();
    }

    /**
     * Returns the milliseconds of a context with a {@code clinicea:} endpoint, and then of one with a {@code timer:}
     * endpoint.
     */
    static Series[] measure(ServerProcess server, int rounds) throws IOException, InterruptedException {
        double[] clinicea = new double[rounds];
        double[] timer = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            timer[round] = millis("timer:poll?delay=60000");
            clinicea[round] = millis("clinicea:patients?apiKey=none&initialDelay=60000&baseUrl=" + server.list(0, 1));
        }
        return new Series[] {new Series(clinicea), new Series(timer)};
    }

    private static double millis(String uri) throws IOException, InterruptedException {
        return Double.parseDouble(
                ChildJvm.run(List.of("-Xmx256m"), StartUp.class, uri).strip());
    }
}
