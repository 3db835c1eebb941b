/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.testing.HttpClinic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kills a process with a budget at random moments, and counts at the server what it sent. */
class BudgetCrashTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 2);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int BUDGET = 200;

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    BudgetCrashTest() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = "{\"PatientID\":\"p1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Child start(Databases database) throws Exception {
        return Child.start(
                BudgetChildMain.class,
                "budget",
                "http://localhost:" + server.getAddress().getPort(),
                database.jdbcUrl(),
                "requestsPerMonth=" + BUDGET);
    }

    @Test
    void given_a_budget_in_postgresql_when_killed_again_and_again_then_it_is_never_exceeded_and_little_is_lost()
            throws Exception {
        Databases database = Databases.postgres();
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            int until = requests.get() + 1 + random.nextInt(BUDGET / (KILLS + 2));
            try (Child child = start(database)) {
                await().atMost(HttpClinic.PATIENCE).until(() -> requests.get() >= until);
                child.kill();
            }
        }
        try (Child one = start(database);
                Child other = start(database)) {
            assertThat(one.awaitEnd(60)).isTrue();
            assertThat(other.awaitEnd(60)).isTrue();
        }
        assertThat(requests.get()).as("seed " + SEED).isBetween(BUDGET - KILLS, BUDGET);
    }
}
