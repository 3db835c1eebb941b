/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the built Quarkus application in a process of its own, started as in production. */
final class ApplicationProcess implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("application.jar"));

    private final Path output;
    private final Process process;

    /**
     * Starts the application.
     *
     * @param output the file for its log
     * @param environment environment variables in addition to those of this process
     * @param properties properties that override its {@code application.properties}
     */
    ApplicationProcess(Path output, Map<String, String> environment, Map<String, String> properties)
            throws IOException {
        this.output = output;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Returns the log so far. */
    String log() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the application as an operator does, and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
