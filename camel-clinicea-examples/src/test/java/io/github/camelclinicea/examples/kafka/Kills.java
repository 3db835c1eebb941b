/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.examples.process.ApplicationProcess;
import io.github.camelclinicea.sandbox.ClinicActivity;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kills the application and the broker at random moments while the clinic works, and compares what is left. */
final class Kills implements AutoCloseable {
    private static final Map<String, String> RESOURCES =
            Map.of("patients", "PatientID", "appointments", "ID", "bills", "BillID", "leads", "ID");
    /** The content of a row that is too large for a request. No activity changes leads. */
    private static final String CONTENT = "Remark-of-an-invented-person";

    private static final int CHANGES_A_MINUTE = 1_200;

    private final Path folder;
    private final SplittableRandom random;
    private final CliniceaSandbox clinic =
            CliniceaSandbox.builder().patients(150).appointments(60).bills(60).start();
    private final KafkaBroker broker;
    private final TopicReader topics;
    private ApplicationProcess application;

    /** Starts a clinic and a broker. */
    Kills(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.broker = KafkaBroker.start(Files.createDirectory(folder.resolve("broker")));
        this.topics = new TopicReader(broker.address());
    }

    /**
     * Runs the application until the topics equal the clinic.
     *
     * @param kills how often the application is killed
     * @param brokerKills how often the broker is killed, at most {@code kills}
     */
    void run(int kills, int brokerKills) throws Exception {
        String large = clinic.clinic().ids("leads").get(0);
        clinic.clinic().change("leads", large, Map.of("Remarks", CONTENT.repeat(50_000)));
        broker.awaitReady();
        ClinicActivity activity = ClinicActivity.start(clinic.clinic(), CHANGES_A_MINUTE, random.nextLong());
        start();
        for (int kill = 0; kill < kills; kill++) {
            awaitProgress();
            application.kill();
            start();
            if (kill < brokerKills) {
                awaitProgress();
                broker.kill();
                broker.start();
            }
        }
        awaitProgress();
        activity.close();
        clinic.clinic().change("leads", large, Map.of("Remarks", ""));

        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertEqual(topics));
        assertThat(application.output()).doesNotContain(CONTENT).doesNotContain(clinic.apiKey());
        application.stop();
        assertThat(topics.records("clinicea.bills").stream().filter(record -> record.value() == null))
                .as("tombstones of bills")
                .hasSizeGreaterThan(2);
        awaitCompacted();
    }

    @Override
    public void close() {
        if (application != null) {
            application.close();
        }
        topics.close();
        broker.close();
        clinic.close();
    }

    private void start() throws IOException {
        application = ApplicationProcess.start(
                KafkaApplication.class,
                folder.resolve("application.log"),
                Map.of(
                        "clinicea.api-key",
                        clinic.apiKey(),
                        "clinicea.base-url",
                        clinic.baseUrl(),
                        "kafka.brokers",
                        broker.address(),
                        "kafka.replicas",
                        "1",
                        "kafka.feeds",
                        "patients,appointments,bills,deletedBills,leads",
                        "kafka.poll-every",
                        "100",
                        "kafka.state",
                        folder.resolve("state"),
                        "camel.component.clinicea.held-row-backoff",
                        "0"));
    }

    /** Waits until more rows have come, a random number of them. */
    private void awaitProgress() {
        int wanted = size() + random.nextInt(1, 60);
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(UnknownTopicOrPartitionException.class)
                .until(() -> {
                    if (!application.isAlive()) {
                        throw new IllegalStateException(application.output());
                    }
                    return size() >= wanted;
                });
    }

    private int size() {
        return RESOURCES.keySet().stream()
                .mapToInt(resource -> topics.records("clinicea." + resource).size())
                .sum();
    }

    private void assertEqual(TopicReader reader) {
        RESOURCES.forEach((resource, id) -> assertThat(reader.table("clinicea." + resource))
                .as(resource)
                .isEqualTo(TopicReader.byId(clinic.clinic().rows(resource), id)));
    }

    /** Waits until the cleaner has removed versions, and compares the rest with the clinic. */
    private void awaitCompacted() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try (TopicReader now = new TopicReader(broker.address())) {
                for (String topic : List.of("clinicea.patients", "clinicea.bills")) {
                    assertThat(now.records(topic))
                            .as(topic)
                            .hasSizeLessThan(topics.records(topic).size());
                }
                assertEqual(now);
            }
        });
    }
}
