/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer with the printed options reads all rows of a server that responds in a way of its own. */
class PrintedOptionsTest {
    private static final int SERVERS = 50;
    private static final int SERVERS_BY_PROPERTIES = 15;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private boolean byProperties;
    private int consumers;
    private int rows;

    @Test
    void given_servers_that_differ_in_every_answer_when_the_printed_uris_are_used_then_all_rows_come()
            throws Exception {
        mirror(0, SERVERS);
    }

    @Test
    @Tag("proof")
    void given_many_servers_when_the_printed_uris_are_used_then_all_rows_come() throws Exception {
        mirror(Long.getLong("probe.seed", 1_000), Integer.getInteger("probe.servers", 1_000));
    }

    @Test
    void given_servers_that_differ_in_every_answer_when_the_printed_properties_are_used_then_all_rows_come()
            throws Exception {
        for (long seed = 0; seed < SERVERS_BY_PROPERTIES; seed++) {
            byProperties = true;
            mirror(seed);
        }
        assertThat(consumers).isGreaterThan(SERVERS_BY_PROPERTIES);
    }

    private void mirror(long firstSeed, int servers) throws Exception {
        for (long seed = firstSeed; seed < firstSeed + servers; seed++) {
            mirror(seed);
        }
        System.out.println("printed options: " + servers + " servers, " + consumers + " consumers, " + rows + " rows");
        assertThat(consumers).isGreaterThan(servers);
    }

    private void mirror(long seed) throws Exception {
        ServerWay way = new ServerWay(seed);
        ProbeTest.Credential credential = ProbeTest.Credential.of(seed);
        try (DifferentServer server = new DifferentServer(way)) {
            List<String> arguments = new ArrayList<>(credential.arguments());
            arguments.add("--base-url=" + server.baseUrl());
            ProbeRun run = ProbeRun.of(directory, arguments.toArray(String[]::new));
            Map<String, String> uris = usable(way, run.uris());
            if (byProperties) {
                uris.keySet().removeIf(resource -> isLeftOut(way, run, resource));
            } else {
                for (String resource : List.copyOf(uris.keySet())) {
                    if (isLeftOut(way, run, resource) || showsNoRows(run, resource)) {
                        ProbeRun ofOne = ofOneList(arguments, resource);
                        uris.putAll(usable(way, ofOne.uris()));
                        if (showsNoRows(ofOne, resource)) {
                            uris.remove(resource);
                        }
                    }
                }
            }
            if (byProperties) {
                uris.keySet().removeIf(resource -> showsNoRows(run, resource));
            }
            if (!uris.isEmpty()) {
                assertMirrors(server, run, uris, "seed " + seed + " " + new Truth(way).summary() + "\n" + run.out());
            }
        }
    }

    /** Returns whether the number of requests left out the question of a field that differs at each read. */
    private static boolean isLeftOut(ServerWay way, ProbeRun run, String resource) {
        return way.lists.get(resource).differs
                && run.seen(resource, "fields that differ at each read").equals(Fact.NOT_ASKED);
    }

    /** Returns whether no row came, so that the report says nothing about the fields, and prints no way to ask. */
    private static boolean showsNoRows(ProbeRun run, String resource) {
        return run.seen(resource, "id field").equals(Fact.notKnown("no rows"));
    }

    /** Probes one list, as the report says. */
    private ProbeRun ofOneList(List<String> arguments, String resource) {
        List<String> ofOne = new ArrayList<>(arguments);
        ofOne.add("--resource=" + resource);
        return ProbeRun.of(directory, ofOne.toArray(String[]::new));
    }

    /** Returns the URIs by resource, without those of lists that the component cannot read with any option. */
    private static Map<String, String> usable(ServerWay way, List<String> uris) {
        Map<String, String> usable = new HashMap<>();
        for (String uri : uris) {
            String resource = uri.substring("clinicea:".length(), uri.indexOf('?'));
            if (new Truth(way).ends(resource)) {
                usable.put(resource, uri);
            }
        }
        return usable;
    }

    private void assertMirrors(DifferentServer server, ProbeRun run, Map<String, String> uris, String about)
            throws Exception {
        Map<String, Set<String>> delivered = new ConcurrentHashMap<>();
        uris.keySet().forEach(resource -> delivered.put(resource, new ConcurrentSkipListSet<>()));
        Main main = new Main();
        main.configure().withAutoConfigurationLogSummary(false).withShutdownTimeout(5);
        secrets().forEach((name, value) -> main.addInitialProperty((String) name, (String) value));
        Map<String, String> used = byProperties ? shortUris(run, uris, main) : uris;
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                used.forEach((resource, uri) -> from(uri + (uri.contains("?") ? "&" : "?")
                                + "initialDelay=0&delay=100&maxRetries=0")
                        .process(exchange -> {
                            Map<?, ?> row = exchange.getMessage().getBody(Map.class);
                            delivered
                                    .get(resource)
                                    .add(String.valueOf(
                                            row.get(server.list(resource).way().idField)));
                        }));
            }
        });
        main.start();
        try {
            for (String resource : used.keySet()) {
                Set<String> expected = server.list(resource).ids();
                await().atMost(LONGEST)
                        .pollInterval(Duration.ofMillis(5))
                        .untilAsserted(() -> assertThat(delivered.get(resource))
                                .as(resource + " of " + about)
                                .hasSameSizeAs(expected));
                assertThat(delivered.get(resource)).isEqualTo(expected);
                consumers++;
                rows += expected.size();
            }
        } finally {
            main.stop();
        }
    }

    /** Gives the printed properties to an application, and returns the URIs that are left to write. */
    private Map<String, String> shortUris(ProbeRun run, Map<String, String> uris, Main main) {
        Map<String, String> left = new HashMap<>();
        uris.keySet().forEach(resource -> left.put(resource, "clinicea:" + resource));
        for (String line : run.properties()) {
            if (line.startsWith("# of the endpoint: ")) {
                String uri = line.substring("# of the endpoint: ".length());
                left.computeIfPresent(uri.substring("clinicea:".length(), uri.indexOf('?')), (resource, none) -> uri);
            } else {
                int equals = line.indexOf('=');
                String value = line.substring(equals + 1)
                        .replace(
                                "file:clinicea",
                                "file:" + directory.resolve("clinicea").toAbsolutePath());
                main.addInitialProperty(line.substring(0, equals), value);
            }
        }
        return left;
    }

    static Properties secrets() {
        Properties secrets = new Properties();
        secrets.setProperty("clinicea.api-key", DifferentServer.KEY);
        secrets.setProperty("clinicea.username", DifferentServer.USER);
        secrets.setProperty("clinicea.password", DifferentServer.PASSWORD);
        return secrets;
    }
}
