/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs scripts with bash. */
final class Shell {
    private Shell() {}

    /** The result of a command: its exit code, and all that it wrote. */
    record Result(int code, String output) {}

    /**
     * Runs a command to its end.
     *
     * @param folder the working folder
     * @param environment variables to set
     * @param script the command, as bash reads it
     */
    static Result run(Path folder, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output-", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", script))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_HOME") || name.startsWith("GITHUB_"));
            builder.environment().remove("JDKS");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(script).isTrue();
            return new Result(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** Writes a file that can be run. */
    static Path program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
