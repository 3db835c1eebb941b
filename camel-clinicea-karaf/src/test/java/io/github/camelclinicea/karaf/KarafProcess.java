/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts an unpacked Karaf as an administrator does, and runs commands with its {@code bin/client}. Karaf writes into a
 * separate folder, so that the unpacked one stays unchanged. Its only Maven repository is its system folder.
 */
final class KarafProcess implements AutoCloseable {
    private static final String USER = "karaf";
    private static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1";
    private static final Duration A_WHILE = Duration.ofMinutes(4);

    private final Path java;
    private final Path home;
    private final Path base;
    private final Map<String, String> environment = new TreeMap<>();
    private final int sshPort = freePort();
    private Process server;

    /**
     * Creates the process, not started.
     *
     * @param java the Java that Karaf runs on
     * @param home the unpacked Karaf
     * @param base an empty folder for the files that this process writes
     */
    KarafProcess(Path java, Path home, Path base) {
        this.java = java;
        this.home = home;
        this.base = base;
    }

    /** Returns the folder that Karaf and its bundles call {@code karaf.data}. */
    Path data() {
        return base.resolve("data");
    }

    /** Returns the folder from which Karaf deploys files. */
    Path deploy() {
        return base.resolve("deploy");
    }

    /** Sets a variable of Karaf's environment. */
    void export(String name, String value) {
        environment.put(name, value);
    }

    /**
     * Starts Karaf, and waits until all of Karaf's own features are installed.
     *
     * @param systemProperties additional system properties
     * @param javaOption a further option of the JVM
     */
    void start(Map<String, String> systemProperties, String javaOption) throws IOException, InterruptedException {
        copy(home.resolve("etc"), etc());
        Files.createDirectories(data());
        Files.createDirectories(deploy());
        Files.writeString(etc().resolve("custom.system.properties"), lines(systemProperties));
        Files.writeString(etc().resolve("users.properties"), """
                karaf = karaf,_g_:admingroup
                _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
                """);
        override("org.apache.karaf.shell.cfg", Map.of("sshPort", "" + sshPort, "sshHost", "127.0.0.1"));
        override(
                "org.apache.karaf.management.cfg",
                Map.of("rmiRegistryPort", "" + freePort(), "rmiServerPort", "" + freePort()));
        override("org.apache.felix.fileinstall-deploy.cfg", Map.of("felix.fileinstall.dir", deploy().toString()));
        Path noSettings = etc().resolve("no-maven-settings.xml");
        Files.writeString(noSettings, "<settings/>\n");
        override(
                "org.ops4j.pax.url.mvn.cfg",
                Map.of(
                        "org.ops4j.pax.url.mvn.settings", noSettings.toString(),
                        "org.ops4j.pax.url.mvn.localRepository",
                                base.resolve("maven").toString(),
                        "org.ops4j.pax.url.mvn.repositories", ""));
        server = launch("console.log", SHORT_LIFE + " " + javaOption, "bin/karaf", "server");
        await().atMost(A_WHILE)
                .failFast(() -> assertThat(server.isAlive()).as("Karaf runs").isTrue())
                .until(() -> log().lines()
                        .anyMatch(line -> line.contains("FeaturesServiceImpl") && line.endsWith("| Done.")));
    }

    /** Runs commands at Karaf's console and returns their output. */
    String run(String... commands) throws IOException, InterruptedException {
        Path script = Files.writeString(base.resolve("commands.txt"), String.join("\n", commands) + "\n");
        // The standard input is a pipe that stays open, because the client ends with its input, even before its
        // commands have run.
        Process client = launch(
                "client.log",
                SHORT_LIFE,
                "bin/client",
                "-a",
                "" + sshPort,
                "-u",
                USER,
                "-p",
                USER,
                "-r",
                "60",
                "-d",
                "1",
                "-f",
                script.toString());
        try {
            boolean ended = client.waitFor(A_WHILE.toSeconds(), TimeUnit.SECONDS);
            String output = Files.readString(base.resolve("client.log"), UTF_8);
            if (!ended || client.exitValue() != 0 || output.contains("Error executing command")) {
                throw new IllegalStateException(
                        "Karaf did not do " + List.of(commands) + ":\n" + output + "\nKaraf's log:\n" + log());
            }
            return output;
        } finally {
            client.destroyForcibly();
        }
    }

    /** Returns Karaf's log so far. */
    String log() {
        Path log = data().resolve("log/karaf.log");
        try {
            return Files.exists(log) ? Files.readString(log, UTF_8) : "";
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }

    private Process launch(String output, String javaOptions, String command, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of(home.resolve(command).toString()), Stream.of(arguments))
                        .toList());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", java.toString(),
                        "EXTRA_JAVA_OPTS", javaOptions,
                        "KARAF_ETC", etc().toString(),
                        "KARAF_DATA", data().toString()));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(base.resolve(output).toFile())
                .start();
    }

    /** Returns the folder of Karaf's configuration. */
    Path etc() {
        return base.resolve("etc");
    }

    private void override(String file, Map<String, String> properties) throws IOException {
        Path path = etc().resolve(file);
        String kept = Files.readAllLines(path).stream()
                .filter(line -> properties.keySet().stream().noneMatch(key -> line.matches("\\s*" + key + "\\s*=.*")))
                .collect(Collectors.joining("\n"));
        Files.writeString(path, kept + "\n" + lines(properties));
    }

    private static String lines(Map<String, String> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(property -> property.getKey() + " = " + property.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** Returns a port that nobody uses. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends Karaf and all processes of its start script. */
    @Override
    public void close() {
        if (server != null) {
            Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                    .sorted(Comparator.comparing(ProcessHandle::pid).reversed())
                    .forEach(ProcessHandle::destroyForcibly);
            server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
