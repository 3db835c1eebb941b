/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Enters the commands of a page into a shell, with a home folder that has a space in its path. */
final class Newcomer implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final long MINUTES = 15;

    private final Path home;
    private final Path tools;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<Terminal> terminals = new ArrayList<>();

    /**
     * Creates the home folder and the programs {@code mvn} and {@code camel}.
     *
     * @param folder an empty folder
     * @param settings the {@code settings.xml} of Maven
     */
    Newcomer(Path folder, Path settings) throws IOException {
        home = Files.createDirectories(folder.resolve("home of a newcomer"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Path maven = Path.of(System.getProperty("maven.home")).resolve("bin/mvn");
        tool("mvn", maven + " -B -ntp -s " + settings);
        tool(
                "camel",
                JAVA.resolve("bin/java") + " -XX:TieredStopAtLevel=1 -Dmaven.repo.local=" + UserRepository.FOLDER
                        + " -cp " + classPathOfTheCli() + " " + CamelCommand.class.getName());
        environment.put("HOME", home.toString());
        environment.put("JAVA_HOME", JAVA.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("PATH", tools + File.pathSeparator + JAVA.resolve("bin") + File.pathSeparator + path());
    }

    private static String path() {
        return System.getenv("PATH");
    }

    /** Returns the class path of these tests without the libraries that the page has to name. */
    private static String classPathOfTheCli() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("h2database"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void tool(String name, String command) throws IOException {
        Path script = Files.writeString(tools.resolve(name), "#!/bin/sh\nexec " + command + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    /** Sets a variable for all commands to come. */
    void export(String name, String value) {
        environment.put(name, value);
    }

    Path home() {
        return home;
    }

    /** Runs commands to their end, in a clone of the repository, and returns the output. */
    String run(String commands) throws IOException, InterruptedException {
        Terminal terminal = start(commands);
        assertThat(terminal.process.waitFor(MINUTES, TimeUnit.MINUTES))
                .as(commands)
                .isTrue();
        assertThat(terminal.process.exitValue())
                .as("%s:%n%s", commands, terminal.output())
                .isZero();
        return terminal.output();
    }

    /** Starts commands in a terminal of their own. */
    Terminal start(String commands) throws IOException {
        Path output = home.resolveSibling("terminal-" + terminals.size() + ".txt");
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", commands).directory(ROOT.toFile());
        bash.environment().keySet().removeIf(name -> name.startsWith("CLINICEA_") || name.startsWith("MAVEN_"));
        bash.environment().putAll(environment);
        Terminal terminal = new Terminal(
                bash.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
        terminals.add(terminal);
        return terminal;
    }

    @Override
    public void close() {
        terminals.forEach(Terminal::close);
    }

    /** Is a shell with commands that run. */
    static final class Terminal {
        private final Process process;
        private final Path output;

        private Terminal(Process process, Path output) {
            this.process = process;
            this.output = output;
        }

        boolean isRunning() {
            return process.isAlive();
        }

        /** Returns the output so far. */
        String output() {
            try {
                return Files.readString(output, UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends the program as Ctrl-C does, and waits until it has ended. */
        void interrupt() {
            List<ProcessHandle> programs = process.descendants().toList();
            Stream.concat(programs.stream(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
            programs.forEach(program ->
                    program.onExit().orTimeout(MINUTES, TimeUnit.MINUTES).join());
            process.onExit().orTimeout(MINUTES, TimeUnit.MINUTES).join();
        }

        private void close() {
            Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .sorted(Comparator.comparing(ProcessHandle::pid).reversed())
                    .forEach(ProcessHandle::destroyForcibly);
            process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        }
    }
}
