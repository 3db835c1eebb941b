/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report says what the server does, however it responds, and never a value of a row. */
class ProbeTest {
    /** More of them: {@code -Dprobe.servers=…} and {@code -Dprobe.seed=…} with the tag {@code proof}. */
    private static final int SERVERS = 200;

    private static final List<String> LISTS = List.copyOf(new ServerWay(0).lists.keySet());

    @TempDir
    Path directory;

    private int facts;
    private int open;
    private int lists;
    private int listsNotFound;

    @Test
    void given_servers_that_differ_in_every_answer_when_probed_then_the_report_is_true() throws Exception {
        probe(0, SERVERS);
    }

    @Test
    @Tag("proof")
    void given_many_servers_that_differ_in_every_answer_when_probed_then_the_report_is_true() throws Exception {
        probe(Long.getLong("probe.seed", 1_000), Integer.getInteger("probe.servers", 1_000));
    }

    private void probe(long firstSeed, int servers) throws Exception {
        for (long seed = firstSeed; seed < firstSeed + servers; seed++) {
            probe(seed);
        }
        System.out.println("probe: " + servers + " servers, " + facts + " facts, " + open
                + " of them not asked or not known; " + lists + " lists that could be read, " + listsNotFound
                + " of them left out for the number of requests");
        // Without these, a probe that says nothing would pass.
        assertThat(open).isLessThan(facts / 2);
        assertThat(listsNotFound).isLessThan(lists / 10);
    }

    private void probe(long seed) throws Exception {
        ServerWay way = new ServerWay(seed);
        boolean one = seed % 4 == 3;
        Credential credential = Credential.of(seed);
        try (DifferentServer server = new DifferentServer(way)) {
            List<String> arguments = new ArrayList<>(credential.arguments());
            arguments.add("--base-url=" + server.baseUrl());
            String only = LISTS.get((int) (seed / 4 % LISTS.size()));
            if (one) {
                arguments.add("--resource=" + only);
            }
            ProbeRun run = ProbeRun.of(directory, arguments.toArray(String[]::new));
            String about =
                    "seed " + seed + " " + credential + " " + new Truth(way).summary() + "\n" + run.out() + run.err();
            assertThat(server.requests()).as(about).isLessThanOrEqualTo(40);
            assertThat(run.json().path("requests").asInt()).as(about).isEqualTo(server.requests());
            assertHidesValues(run, about);
            assertTrue(way, run, about);
            assertSettled(way, run, credential, one ? List.of(only) : LISTS, about);
        }
        Files.deleteIfExists(directory.resolve(ProbeCommand.REPORT_FILE));
        Files.deleteIfExists(directory.resolve(PrintedOptions.CATALOGUE_FILE));
    }

    private static void assertHidesValues(ProbeRun run, String about) {
        assertThat(run.everything()).as(about).doesNotContain(ServedList.CANARY, "SECRET", "2017-", "77007700");
    }

    private void assertTrue(ServerWay way, ProbeRun run, String about) {
        Truth truth = new Truth(way);
        for (Fact fact : run.facts()) {
            assertThat(truth.allows(fact)).as(fact + " of " + about).isTrue();
            facts++;
            open += fact.seen().startsWith(Fact.NOT_ASKED) || fact.seen().startsWith(Fact.NOT_KNOWN) ? 1 : 0;
        }
    }

    private void assertSettled(ServerWay way, ProbeRun run, Credential credential, List<String> asked, String about) {
        Truth truth = new Truth(way);
        for (String resource : asked) {
            Optional<String> obstacle = truth.obstacle(resource, credential.hasKey(), credential.hasLogin());
            if (obstacle.isPresent() || !truth.showsPath(resource)) {
                continue;
            }
            lists++;
            if (!run.seen(resource, "path").equals(way.lists.get(resource).path)) {
                listsNotFound++;
                // Only the number of requests may keep the probe from a list.
                assertThat(run.json().path("requests").asInt())
                        .as(resource + " of " + about)
                        .isEqualTo(40);
            } else if (truth.showsFirstPage(resource)
                    && run.json().path("requests").asInt() < 40) {
                assertThat(run.seen(resource, "first page"))
                        .as(resource + " of " + about)
                        .startsWith(Integer.toString(way.lists.get(resource).first));
            }
        }
    }

    /** The credentials of a run. */
    record Credential(boolean hasKey, boolean hasLogin) {
        static Credential of(long seed) {
            return switch ((int) (seed % 5)) {
                case 0 -> new Credential(true, true);
                case 1 -> new Credential(false, true);
                default -> new Credential(true, false);
            };
        }

        List<String> arguments() {
            List<String> arguments = new ArrayList<>();
            if (hasKey) {
                arguments.add("--api-key=" + DifferentServer.KEY);
            }
            if (hasLogin) {
                arguments.add("--username=" + DifferentServer.USER);
                arguments.add("--password=" + DifferentServer.PASSWORD);
            }
            return arguments;
        }
    }
}
