/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the Maven that runs this test, as a process of its own. */
final class Build {
    private static final long LONGEST_MINUTES = 20;

    private Build() {}

    /** The exit code of a build, and what it printed. */
    record Result(int exitCode, String output) {}

    /**
     * Runs Maven.
     *
     * @param folder the folder to run in
     * @param log the file that gets what the build prints
     * @param environment variables for it; an empty value removes one
     * @param arguments the command line
     */
    static Result run(Path folder, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
        command.addAll(List.of("-B", "-ntp"));
        String further = System.getProperty("maven.arguments", "");
        if (!further.isBlank()) {
            command.addAll(List.of(further.strip().split("\\s+")));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Those that the Maven around this test made for its own process.
        builder.environment().keySet().removeAll(List.of("MAVEN_CMD_LINE_ARGS", "MAVEN_PROJECTBASEDIR"));
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The build did not end: " + log);
        }
        return new Result(process.exitValue(), Files.readString(log));
    }
}
