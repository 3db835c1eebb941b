/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.examples.process.ApplicationProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Runs a broker of Kafka in a process of its own, so that it can be killed. Its folder keeps the topics. */
public final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER = "Y2FtZWwtY2xpbmljZWEtMQ";

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private ApplicationProcess process;

    private KafkaBroker(Path folder, int port, int controllerPort) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Starts a broker on free ports, without waiting for it. */
    static KafkaBroker start(Path folder) throws IOException {
        KafkaBroker broker = new KafkaBroker(folder, freePort(), freePort());
        broker.start();
        return broker;
    }

    /** Starts the broker again, with the topics that it had. */
    void start() throws IOException {
        Map<String, Object> properties = Map.of(
                "broker.folder", folder,
                "broker.port", port,
                "broker.controllerPort", controllerPort,
                "log4j2.configurationFile", "log4j2.properties");
        process = ApplicationProcess.start(KafkaBroker.class, folder.resolve("broker.log"), properties);
    }

    /** Waits until the broker responds. */
    void awaitReady() {
        await().atMost(Duration.ofSeconds(120)).ignoreExceptions().until(() -> {
            try (Admin admin = admin()) {
                return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size() == 1;
            }
        });
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address()));
    }

    String address() {
        return "localhost:" + port;
    }

    /** Ends the process at once. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Runs a broker: without system properties on localhost:9092, with its topics in {@code target/kafka}.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("broker.folder", "target/kafka")));
        Path settings = folder.resolve("server.properties");
        try (OutputStream file = Files.newOutputStream(settings)) {
            settings(folder, Integer.getInteger("broker.port", 9092), Integer.getInteger("broker.controllerPort", 9093))
                    .store(file, null);
        }
        StorageTool.execute(
                new String[] {"format", "-g", "-t", CLUSTER, "-c", settings.toString()},
                new PrintStream(OutputStream.nullOutputStream()));
        Kafka.main(new String[] {settings.toString()});
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", folder.resolve("log").toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("allow.everyone.if.no.acl.found", "true"),
                // Segments are short and the cleaner compacts often.
                Map.entry("log.roll.ms", "500"),
                Map.entry("log.cleaner.backoff.ms", "200"),
                Map.entry("log.cleaner.min.cleanable.ratio", "0.01"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                // A broker that was killed is let in again when its session has ended.
                Map.entry("broker.session.timeout.ms", "1000"),
                Map.entry("broker.heartbeat.interval.ms", "200"),
                Map.entry("controller.quorum.election.timeout.ms", "200"),
                Map.entry("controller.quorum.election.backoff.max.ms", "200")));
        return settings;
    }
}
