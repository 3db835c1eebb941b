/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command with Jolokia's agent of docs/how-to/on-call.md, in a process of its own, with the access file. */
class JolokiaAgentTest {
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final Pattern COMMAND =
            Pattern.compile("^java (-javaagent:([\\w.-]+\\.jar)=.*)$", Pattern.MULTILINE);
    private static final int PATIENTS = 40;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(PATIENTS));

    @TempDir
    private Path folder;

    private Process application;
    private String jolokia;
    private String sync;

    @BeforeEach
    void start() throws Exception {
        String port = "" + OnCallApplication.freePort();
        Matcher command = COMMAND.matcher(OnCallApplication.page());
        assertThat(command.find()).isTrue();
        assertThat(OnCallApplication.page()).contains("`http://localhost:8778/jolokia`");
        jolokia = "http://localhost:" + port + "/jolokia";
        Files.copy(Path.of("target/jolokia", command.group(2)), folder.resolve(command.group(2)));
        Files.writeString(folder.resolve("jolokia-access.xml"), OnCallApplication.accessFile());
        writeJar(folder.resolve("application.jar"));
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        words.addAll(
                List.of(command.group(1).replace("port=8778", "port=" + port).split(" ")));
        ProcessBuilder process = new ProcessBuilder(words);
        process.environment().put("CLINICEA_API_KEY", clinicea.apiKey());
        application = process.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        await().atMost(A_WHILE)
                .failFast(() -> assertThat(application.isAlive()).as(output()).isTrue())
                .ignoreExceptions()
                .untilAsserted(() -> sync = findSync());
    }

    /** Packs the project of docs/how-to/into-a-database.md, with a manifest that brings the libraries of this test. */
    private void writeJar(Path jar) throws IOException {
        Path project = folder.resolve("project");
        PageProject files = OnCallApplication.projectBefore(clinicea.baseUrl())
                .with(OnCallApplication.ROUTE, "delay: 5s", "delay: 1h");
        try (var classes = files.build(project)) {
            String classPath = Stream.concat(
                            Stream.of(classes.getURLs()).map(Object::toString),
                            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                    .map(entry -> new File(entry).toURI().toString()))
                    .collect(Collectors.joining(" "));
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        }
    }

    @AfterEach
    void stop() {
        application.destroyForcibly().onExit().join();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    /** Looks the name of the MBean up as the page says. */
    private String findSync() throws Exception {
        JsonNode names =
                OnCallApplication.json(CurlCommand.of(command(3)).response()).path("value");
        assertThat(names).hasSize(1);
        return names.get(0).asText();
    }

    /** Returns a command of the page, for this agent in place of the Jolokia in Camel Main. */
    private String command(int number) throws IOException {
        String command =
                OnCallApplication.commands("Skip a row, or try it again").get(number);
        assertThat(command).contains("http://localhost:9876/observe/jolokia");
        return command.replace("http://localhost:9876/observe/jolokia", jolokia);
    }

    private JsonNode execute(String origin, String operation) throws Exception {
        return response(origin, "{\"type\": \"exec\", \"mbean\": \"MBEAN\", \"operation\": \"" + operation + "\"}");
    }

    private JsonNode read(String mbean, String attribute) throws Exception {
        return response(
                "http://localhost",
                "{\"type\": \"read\", \"mbean\": \"" + mbean + "\", \"attribute\": \"" + attribute + "\"}");
    }

    private JsonNode response(String origin, String body) throws Exception {
        String command = command(4)
                .replace("Origin: http://localhost'", "Origin: " + origin + "'")
                .replaceFirst("-d '.*'", Matcher.quoteReplacement("-d '" + body.replace("MBEAN", sync) + "'"));
        return OnCallApplication.json(CurlCommand.of(command).response());
    }

    @Test
    void given_the_agent_with_the_access_file_when_used_then_only_reading_and_the_operations_of_a_sync_are_allowed()
            throws Exception {
        awaitRead("CleanPolls", 1);
        awaitRead("DeliveredRows", PATIENTS);
        clinicea.clinic().add("patients");

        JsonNode foreign = execute("http://elsewhere.example", "pollNow()");
        assertThat(foreign.path("status").asInt()).as(foreign.toString()).isEqualTo(403);
        JsonNode stop = execute("http://localhost", "stop()");
        assertThat(stop.path("status").asInt()).as(stop.toString()).isEqualTo(403);
        JsonNode system = read("java.lang:type=Runtime", "SystemProperties");
        assertThat(system.path("status").asInt()).as("system properties").isEqualTo(403);

        JsonNode poll = execute("http://localhost", "pollNow()");

        assertThat(poll.path("status").asInt()).as(poll.toString()).isEqualTo(200);
        awaitRead("DeliveredRows", PATIENTS + 1);
    }

    /** Awaits the value of an attribute of the sync. */
    private void awaitRead(String attribute, int value) {
        await().atMost(A_WHILE).untilAsserted(() -> {
            JsonNode read = read("MBEAN", attribute);
            assertThat(read.path("value").asInt()).as(read.toString()).isEqualTo(value);
        });
    }
}
