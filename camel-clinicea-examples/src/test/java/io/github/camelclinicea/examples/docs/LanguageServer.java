/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A language server in a process of its own, spoken to in the Language Server Protocol as by an editor. */
final class LanguageServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> results = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> diagnostics = new ConcurrentHashMap<>();

    private LanguageServer(Process process) {
        this.process = process;
    }

    static LanguageServer start(Path jar) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        LanguageServer server = new LanguageServer(process);
        Thread reader = new Thread(server::read, "language-server");
        reader.setDaemon(true);
        reader.start();
        ObjectNode parameters = JSON.createObjectNode();
        parameters.put("processId", ProcessHandle.current().pid());
        parameters
                .putObject("capabilities")
                .putObject("textDocument")
                .putObject("completion")
                .putObject("completionItem");
        server.request("initialize", parameters);
        server.send("initialized", JSON.createObjectNode());
        return server;
    }

    void configure(ObjectNode settings) throws IOException {
        send("workspace/didChangeConfiguration", JSON.createObjectNode().set("settings", settings));
    }

    void open(String file, String text) throws IOException {
        ObjectNode document = JSON.createObjectNode()
                .put("uri", uri(file))
                .put("languageId", file.substring(file.lastIndexOf('.') + 1))
                .put("version", 1)
                .put("text", text);
        send("textDocument/didOpen", JSON.createObjectNode().set("textDocument", document));
    }

    /**
     * Returns the completions at a place of an open file.
     *
     * @param before the text of the file up to the place
     */
    JsonNode complete(String file, String before) {
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int character = before.length() - before.lastIndexOf('\n') - 1;
        ObjectNode parameters = JSON.createObjectNode();
        parameters.putObject("textDocument").put("uri", uri(file));
        parameters.putObject("position").put("line", line).put("character", character);
        try {
            return request("textDocument/completion", parameters);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the server has marked in a file; null as long as it has not looked. */
    JsonNode diagnostics(String file) {
        return diagnostics.get(uri(file));
    }

    private static String uri(String file) {
        return "file:///project/" + file;
    }

    private JsonNode request(String method, JsonNode parameters) throws IOException {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        results.put(id, result);
        write(message(method, parameters).put("id", id));
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("no result of " + method, e);
        }
    }

    private void send(String method, JsonNode parameters) throws IOException {
        write(message(method, parameters));
    }

    private static ObjectNode message(String method, JsonNode parameters) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", parameters);
        return message;
    }

    private synchronized void write(ObjectNode message) throws IOException {
        byte[] content = JSON.writeValueAsBytes(message);
        OutputStream out = process.getOutputStream();
        out.write(("Content-Length: " + content.length + "\r\n\r\n").getBytes(US_ASCII));
        out.write(content);
        out.flush();
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            int length = 0;
            for (String line = line(in); line != null; line = line(in)) {
                if (line.startsWith("Content-Length:")) {
                    length = Integer.parseInt(
                            line.substring("Content-Length:".length()).strip());
                } else if (line.isEmpty() && length > 0) {
                    receive(JSON.readTree(in.readNBytes(length)));
                    length = 0;
                }
            }
        } catch (IOException e) {
            results.values().forEach(result -> result.completeExceptionally(e));
        }
    }

    /** Returns the next line of a header, or null at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private void receive(JsonNode message) throws IOException {
        if (message.path("method").asText().equals("textDocument/publishDiagnostics")) {
            diagnostics.put(message.at("/params/uri").asText(), message.at("/params/diagnostics"));
        } else if (message.has("method") && message.has("id")) {
            // A request of the server, such as to register a capability.
            ObjectNode response = JSON.createObjectNode().put("jsonrpc", "2.0");
            response.set("id", message.get("id"));
            response.putNull("result");
            write(response);
        } else if (message.has("id")) {
            CompletableFuture<JsonNode> result =
                    results.remove(message.get("id").asInt());
            if (result != null) {
                result.complete(message.path("result"));
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
