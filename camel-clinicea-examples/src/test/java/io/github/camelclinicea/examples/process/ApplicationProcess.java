/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs an application in a JVM of its own, with the class path of the test. */
public final class ApplicationProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private ApplicationProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts an application.
     *
     * @param main its main class
     * @param output the file that its output is appended to
     * @param properties its system properties, which Camel takes before those of application.properties
     */
    public static ApplicationProcess start(Class<?> main, Path output, Map<String, ?> properties) throws IOException {
        return start(main, output, properties, jar -> true);
    }

    /**
     * Starts an application with a part of the test's class path.
     *
     * @param isOnClassPath whether the application sees a jar or folder
     */
    public static ApplicationProcess start(
            Class<?> main, Path output, Map<String, ?> properties, Predicate<String> isOnClassPath) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(isOnClassPath)
                        .collect(Collectors.joining(File.pathSeparator))));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(main.getName());
        File file = output.toFile();
        return new ApplicationProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                        .start(),
                output);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns all that the application, and those before it with the same file, have printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, with SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends the process as an operator does, with SIGTERM. */
    public void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
