/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;

/**
 * Runs the project of docs/how-to/into-a-database.md with the files of docs/how-to/on-call.md. Tests see it as
 * an operator does: by its console, its meters and the commands of the page.
 */
final class OnCallApplication implements AutoCloseable {
    static final String PROPERTIES = "src/main/resources/application.properties";
    static final String ROUTE = "src/main/resources/camel/patients.yaml";

    private static final Path HOW_TO = Path.of("../docs/how-to");
    private static final Path PAGE = HOW_TO.resolve("on-call.md");
    private static final String ACCESS = "src/main/resources/jolokia-access.xml";

    /** Jolokia looks with its own class loader, which does not see the classes of the project. */
    private static final Path SEEN_BY_JOLOKIA = Path.of("target/test-classes/jolokia-access.xml");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final int port;
    private final URLClassLoader classes;
    private final Main main = new Main();

    /** Returns the project in YAML, with the additions of the page. */
    static PageProject project(String baseUrl, String apiKey) throws IOException {
        PageProject project = projectBefore(baseUrl);
        String additions = PageProject.of(PAGE).file(PROPERTIES);
        return project.with(PROPERTIES, project.file(PROPERTIES) + "\n" + additions)
                .with(PROPERTIES, "{{env:CLINICEA_API_KEY}}", apiKey)
                .with(ROUTE, "delay: 5s", "delay: 200")
                .add(ACCESS, accessFile());
    }

    /** Returns the project in YAML, without the additions of the page. */
    static PageProject projectBefore(String baseUrl) throws IOException {
        return PageProject.of(HOW_TO.resolve("into-a-database.md"))
                .without("src/main/resources/camel/patients.xml")
                .without("src/main/java/com/example/ClinicRoutes.java")
                .with(PROPERTIES, "http://localhost:8080", baseUrl);
    }

    /** Returns the file of the page that says what Jolokia lets through. */
    static String accessFile() throws IOException {
        return PageProject.of(PAGE).file(ACCESS);
    }

    static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** Builds the project in a folder and starts it. */
    OnCallApplication(PageProject project, Path folder) throws Exception {
        port = freePort();
        classes = project.with(PROPERTIES, "camel.management.port = 9876", "camel.management.port = " + port)
                .build(folder);
        Files.writeString(SEEN_BY_JOLOKIA, project.file(ACCESS));
        Thread.currentThread().setContextClassLoader(classes);
        main.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the commands of a section of the page. */
    static List<String> commands(String heading) throws IOException {
        String page = page();
        int start = page.indexOf("\n## " + heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        Matcher command = Pattern.compile("^curl (?:.*\\\\\\n)*.*$", Pattern.MULTILINE)
                .matcher(page.substring(start, page.indexOf("\n## ", start + 1)));
        List<String> commands = new ArrayList<>();
        while (command.find()) {
            commands.add(command.group());
        }
        return commands;
    }

    /** Runs a command of the page against this application. */
    HttpResponse<String> run(String command) throws IOException, InterruptedException {
        assertThat(command).contains("localhost:9876");
        return CurlCommand.of(command.replace("localhost:9876", "localhost:" + port))
                .response();
    }

    /** Runs an action of the console as the page writes it, and returns its result. */
    String act(String command) throws IOException, InterruptedException {
        JsonNode answer = json(
                run(command.replace("$TOKEN", token()).replace("curl -s ", "curl -s -H 'Accept: application/json' ")));
        assertThat(answer.findValue("error")).as(answer.toString()).isNull();
        return answer.findValue("result").asText();
    }

    /** Returns the token for actions, read from the console's text as the page does. */
    private String token() throws IOException, InterruptedException {
        String page = Files.readString(PAGE);
        assertThat(page).contains("\nTOKEN=$(curl -s localhost:9876/q/dev/clinicea | sed -n 's/.*actionToken: //p')\n");
        Matcher line = Pattern.compile("(?m)^.*actionToken: (.*)$")
                .matcher(run("curl -s localhost:9876/q/dev/clinicea").body());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    /** Returns the only sync as the console shows it. */
    JsonNode sync() throws IOException, InterruptedException {
        JsonNode syncs = json(run(commands("Rows do not arrive").get(0))).findValue("syncs");
        assertThat(syncs).hasSize(1);
        return syncs.get(0);
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    /** Returns the sum of a meter over all its tags, as Prometheus scrapes it; 0 while there is none. */
    double meter(String name) throws IOException, InterruptedException {
        double sum = 0;
        Matcher line = Pattern.compile("^" + name + "(?:\\{.*})? (\\S+)$", Pattern.MULTILINE)
                .matcher(get("/observe/metrics").body());
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    <T> T bean(Class<T> type) {
        return main.getCamelContext().getRegistry().findSingleByType(type);
    }

    @Override
    public void close() throws IOException {
        main.stop();
        Files.delete(SEEN_BY_JOLOKIA);
        Thread.currentThread().setContextClassLoader(before);
        classes.close();
    }
}
