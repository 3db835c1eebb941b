/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.testing.HostileResponseServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Sends thousands of bad responses to a process with a heap of 256 MB. The process must continue, and keep no threads,
 * sockets, files or memory. {@code -Dhostile.calls=10000} makes more requests than the ordinary run.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class HostileResponsesTest {
    private static final int CALLS = Integer.getInteger("hostile.calls", 500);
    private static final long SEED = Long.getLong("hostile.seed", System.nanoTime());
    private static final int WARM_UP = 600;
    private static final long MEGABYTE = 1024 * 1024;

    /** Counts what the process holds. Threads that read pages are counted apart, because idle ones stay for a minute. */
    private record Holds(int threads, int pageThreads, int files, long heap) {
        static Holds of(String line) {
            int[] numbers = Arrays.stream(line.split(" "), 1, 4)
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new Holds(numbers[0], numbers[1], numbers[2], Long.parseLong(line.split(" ")[4]));
        }
    }

    @Test
    void given_bad_responses_of_all_kinds_when_called_and_polled_then_nothing_grows_and_a_good_one_is_taken()
            throws Exception {
        try (HostileResponseServer server = new HostileResponseServer(SEED)) {
            Process process = start(server);
            try (BufferedReader out = process.inputReader()) {
                Holds warm = Holds.of(line(out, "warm "));
                Holds done = Holds.of(line(out, "done "));
                server.beGood();
                process.outputWriter().append('\n').flush();

                assertThat(line(out, "good ")).as("seed %d", SEED).isEqualTo("good true");
                assertThat(server.requests()).isGreaterThan(CALLS);
                assertThat(done.threads()).as("threads, seed %d", SEED).isLessThanOrEqualTo(warm.threads() + 2);
                assertThat(done.pageThreads())
                        .as("threads that read pages, seed %d", SEED)
                        .isLessThanOrEqualTo(HostileResponsesMain.PAGES_IN_FLIGHT);
                assertThat(done.files()).as("files and sockets, seed %d", SEED).isLessThanOrEqualTo(warm.files() + 4);
                assertThat(done.heap()).as("heap, seed %d", SEED).isLessThan(warm.heap() + 8 * MEGABYTE);
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Process start(HostileResponseServer server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileResponsesMain.class.getName(),
                        server.url(),
                        Integer.toString(WARM_UP),
                        Integer.toString(CALLS))
                .redirectError(new File("target/hostile-responses.log"))
                .start();
    }

    private static String line(BufferedReader out, String start) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError(
                "the process ended before it printed '" + start + "'; see target/hostile-responses.log");
    }
}
