/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClinicToKafkaTest {
    /** The resources with topics, and the fields of their ids. */
    private static final Map<String, String> RESOURCES = Map.of(
            "patients", "PatientID",
            "appointments", "ID",
            "bills", "BillID",
            "payments", "ID",
            "leads", "ID",
            "visits", "EncounterGUID",
            "patientPackages", "RowGUID");

    private static KafkaBroker broker;
    private static Admin admin;
    private static TopicReader topics;

    @TempDir
    static Path brokerFolder;

    @TempDir
    Path folder;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(
            CliniceaSandbox.builder().patients(30).appointments(30).bills(20));

    private Main main;
    private String prefix;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = KafkaBroker.start(brokerFolder);
        broker.awaitReady();
        admin = broker.admin();
        topics = new TopicReader(broker.address());
    }

    @AfterAll
    static void stopBroker() {
        topics.close();
        admin.close();
        broker.close();
    }

    @BeforeEach
    void choosePrefix(TestInfo test) {
        prefix = Integer.toHexString(test.getDisplayName().hashCode()) + ".";
    }

    @AfterEach
    void stop() {
        if (main != null) {
            main.stop();
        }
    }

    private void start(Map<String, String> properties) {
        start(properties, new ClinicToKafka());
    }

    private void start(Map<String, String> properties, RoutesBuilder routes) {
        stop();
        main = KafkaApplication.configured();
        main.addOverrideProperty("clinicea.api-key", clinicea.apiKey());
        main.addOverrideProperty("clinicea.base-url", clinicea.baseUrl());
        main.addOverrideProperty("kafka.brokers", broker.address());
        main.addOverrideProperty("kafka.replicas", "1");
        main.addOverrideProperty("kafka.topic-prefix", prefix);
        main.addOverrideProperty("kafka.poll-every", "200");
        main.addOverrideProperty("camel.component.clinicea.held-row-backoff", "0");
        main.addOverrideProperty("kafka.state", folder.resolve("state").toString());
        properties.forEach(main::addOverrideProperty);
        if (routes != null) {
            main.configure().addRoutesBuilder(routes);
        }
        main.start();
    }

    private void awaitEqual(String... resources) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (String resource : resources) {
                assertThat(topics.table(prefix + resource))
                        .as(resource)
                        .isEqualTo(TopicReader.byId(clinicea.clinic().rows(resource), RESOURCES.get(resource)));
            }
        });
    }

    private String firstId(String resource) {
        return clinicea.clinic().ids(resource).get(0);
    }

    private List<ConsumerRecord<String, String>> records(String resource, String key) {
        return topics.records(prefix + resource).stream()
                .filter(record -> record.key().equals(key))
                .toList();
    }

    @Test
    void given_a_clinic_when_started_then_the_last_values_are_its_rows_and_changes_and_deletions_follow()
            throws ExecutionException, InterruptedException {
        start(Map.of());
        String[] resources = RESOURCES.keySet().toArray(String[]::new);
        awaitEqual(resources);
        String[] deleted = new String[resources.length];
        for (int i = 0; i < resources.length; i++) {
            List<String> ids = clinicea.clinic().ids(resources[i]);
            clinicea.clinic().change(resources[i], ids.get(1));
            clinicea.clinic().add(resources[i]);
            deleted[i] = ids.get(0);
            clinicea.clinic().delete(resources[i], deleted[i]);
        }

        awaitEqual(resources);

        for (int i = 0; i < resources.length; i++) {
            List<ConsumerRecord<String, String>> versions = records(resources[i], deleted[i]);
            ConsumerRecord<String, String> tombstone = versions.get(versions.size() - 1);
            assertThat(tombstone.value()).as(resources[i]).isNull();
            assertThat(TopicReader.headers(tombstone))
                    .containsEntry("clinicea-status", "Deleted")
                    .containsEntry("clinicea-resource", resources[i].equals("bills") ? "deletedBills" : resources[i])
                    .containsOnlyKeys(
                            "clinicea-checkpoint",
                            "clinicea-modified",
                            "clinicea-resource",
                            "clinicea-status",
                            "clinicea-version");
        }
        for (ConsumerRecord<String, String> record : topics.records(prefix + "patients")) {
            if (record.value() != null) {
                assertThat(TopicReader.headers(record))
                        .containsEntry("content-type", "application/json")
                        .containsEntry("clinicea-resource", "patients")
                        .hasEntrySatisfying(
                                "clinicea-status", status -> assertThat(status).isIn("None", "Added", "Modified"))
                        .hasEntrySatisfying(
                                "clinicea-checkpoint",
                                checkpoint -> assertThat(checkpoint).matches("\\d{4}-\\d\\d-\\d\\dT.*Z"))
                        .hasSize(6);
            }
        }
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, prefix + "patients");
        assertThat(admin.describeConfigs(List.of(topic))
                        .all()
                        .get()
                        .get(topic)
                        .get("cleanup.policy")
                        .value())
                .isEqualTo("compact");
    }

    @Test
    void given_cloud_events_when_published_then_the_attributes_are_headers_and_a_tombstone_has_them_too() {
        start(Map.of("kafka.feeds", "patients,bills,deletedBills", "kafka.value", "clinicea:application-cloudevents"));
        awaitEqual("patients", "bills");
        String patient = firstId("patients");
        String bill = firstId("bills");
        clinicea.clinic().delete("patients", patient);
        clinicea.clinic().delete("bills", bill);

        awaitEqual("patients", "bills");

        List<ConsumerRecord<String, String>> ofPatient = records("patients", patient);
        assertThat(TopicReader.headers(ofPatient.get(0)))
                .containsEntry("ce_specversion", "1.0")
                .hasEntrySatisfying(
                        "ce_source",
                        source -> assertThat(source).startsWith(clinicea.baseUrl() + "/patients#patients-"))
                .containsEntry("ce_subject", patient)
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_id", "ce_type");
        assertThat(TopicReader.headers(ofPatient.get(ofPatient.size() - 1)))
                .containsEntry("ce_type", "io.github.camelclinicea.patients.deleted")
                .containsEntry("ce_subject", patient)
                .doesNotContainKey("content-type");
        List<ConsumerRecord<String, String>> ofBill = records("bills", bill);
        assertThat(TopicReader.headers(ofBill.get(ofBill.size() - 1)))
                .containsEntry("ce_type", "io.github.camelclinicea.deletedBills.deleted")
                .containsEntry("ce_subject", bill);
    }

    @Test
    void given_a_version_of_a_bill_that_is_held_when_the_bill_is_deleted_then_it_does_not_come_behind_the_tombstone() {
        String bill = firstId("bills");
        AtomicBoolean failing = new AtomicBoolean(true);
        List<Object> emitted = new CopyOnWriteArrayList<>();
        start(Map.of("kafka.feeds", "bills,deletedBills"), new ClinicToKafka() {
            @Override
            public void configure() {
                interceptFrom("clinicea:bills*")
                        .process(exchange -> emitted.add(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID)));
                interceptSendToEndpoint("kafka:*")
                        .onWhen(exchange -> failing.get()
                                && "bills".equals(exchange.getMessage().getHeader(CliniceaConstants.RESOURCE))
                                && bill.equals(exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID)))
                        .throwException(new IOException("the broker is down"));
                super.configure();
            }
        });
        await().until(() -> emitted.contains(bill));
        clinicea.clinic().delete("bills", bill);
        awaitEqual("bills");

        failing.set(false);
        emitted.clear();

        await().until(() -> emitted.contains(bill));
        clinicea.clinic().add("bills");
        awaitEqual("bills");
        assertThat(records("bills", bill)).extracting(ConsumerRecord::value).containsOnlyNulls();
    }

    @Test
    void given_a_bill_that_is_deleted_while_its_version_is_sent_then_the_tombstone_comes_behind_it() {
        String bill = firstId("bills");
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch deleted = new CountDownLatch(1);
        start(Map.of("kafka.feeds", "bills,deletedBills"), new ClinicToKafka() {
            @Override
            public void configure() {
                interceptSendToEndpoint("kafka:*")
                        .onWhen(header(CliniceaConstants.RECORD_ID).isEqualTo(bill))
                        .process(exchange -> {
                            if (sent.getCount() > 0) {
                                sent.countDown();
                                clinicea.clinic().delete("bills", bill);
                                // The tombstone overtakes this version if it can.
                                deleted.await(1, TimeUnit.SECONDS);
                            }
                        })
                        .afterUri("direct:sent");
                from("direct:sent").process(exchange -> {
                    if ("deletedBills".equals(exchange.getMessage().getHeader(CliniceaConstants.RESOURCE))) {
                        deleted.countDown();
                    }
                });
                super.configure();
            }
        });

        awaitEqual("bills");

        assertThat(sent.getCount()).isZero();
        List<ConsumerRecord<String, String>> versions = records("bills", bill);
        assertThat(versions).extracting(record -> record.value() == null).containsExactly(false, true);
    }

    @Test
    void given_a_row_larger_than_a_request_when_published_then_it_alone_is_held_until_it_is_smaller() {
        start(Map.of("kafka.feeds", "patients"));
        awaitEqual("patients");
        String large = firstId("patients");
        clinicea.clinic().change("patients", large, Map.of("Remarks", "x".repeat(1_100_000)));
        clinicea.clinic().add("patients");
        int size = clinicea.clinic().ids("patients").size();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(topics.table(prefix + "patients"))
                        .hasSize(size)
                        .hasEntrySatisfying(
                                large,
                                row -> assertThat(row.path("Remarks").asText()).isNotEqualTo("x")));

        clinicea.clinic().change("patients", large, Map.of("Remarks", "x"));

        awaitEqual("patients");
    }

    @Test
    void given_a_topic_that_the_application_may_not_write_when_allowed_again_then_its_rows_come()
            throws ExecutionException, InterruptedException {
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, prefix + "patients", PatternType.LITERAL);
        AclBinding allowed = acl(topic, AclOperation.ALL, AclPermissionType.ALLOW);
        AclBinding denied = acl(topic, AclOperation.WRITE, AclPermissionType.DENY);
        admin.createAcls(List.of(denied, allowed)).all().get();
        start(Map.of("kafka.feeds", "patients,leads"));
        awaitEqual("leads");
        assertThat(topics.table(prefix + "patients")).isEmpty();

        admin.deleteAcls(List.of(denied.toFilter())).all().get();

        awaitEqual("patients");
    }

    @Test
    void given_topics_and_no_right_to_create_any_when_started_then_rows_come()
            throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(
                        new NewTopic(prefix + "leads", 3, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
        List<AclBinding> acls = Stream.of(
                        new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL),
                        new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED))
                .flatMap(pattern -> Stream.of(
                        acl(pattern, AclOperation.ALL, AclPermissionType.ALLOW),
                        acl(pattern, AclOperation.CREATE, AclPermissionType.DENY)))
                .toList();
        admin.createAcls(acls).all().get();
        try {
            start(Map.of("kafka.feeds", "leads"));

            awaitEqual("leads");
            assertThatThrownBy(() -> start(Map.of("kafka.feeds", "visits")))
                    .hasMessageStartingWith(
                            "The topic " + prefix + "visits could not be created at " + broker.address());
        } finally {
            admin.deleteAcls(acls.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
        }
    }

    private static AclBinding acl(ResourcePattern pattern, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(pattern, new AccessControlEntry("User:*", "*", operation, permission));
    }

    @Test
    void given_a_row_without_an_id_when_polled_then_it_is_held_and_the_others_come() {
        stubLeads("[{\"ID\":\"1\"},{\"Name\":\"x\"},{\"ID\":\"2\"}]");
        start(Map.of("kafka.feeds", "leads"));

        await().untilAsserted(() -> assertThat(topics.table(prefix + "leads")).containsOnlyKeys("1", "2"));
    }

    @Test
    void given_a_deleted_row_whose_status_is_in_capitals_when_polled_then_it_is_a_tombstone() {
        stubLeads("[{\"ID\":\"1\",\"DataStatusStr\":\"DELETED\"}]");
        start(Map.of("kafka.feeds", "leads"));

        await().untilAsserted(() -> assertThat(records("leads", "1"))
                .extracting(ConsumerRecord::value)
                .isNotEmpty()
                .containsOnlyNulls());
    }

    private void stubLeads(String rows) {
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v1/leads"))
                        .withQueryParam("intPageNo", equalTo("0"))
                        .willReturn(okJson(rows)));
        clinicea.sandbox()
                .wireMock()
                .stubFor(get(urlPathEqualTo("/api/v1/leads"))
                        .withQueryParam("intPageNo", equalTo("1"))
                        .willReturn(aResponse().withStatus(204)));
    }

    @Test
    void given_brokers_that_cannot_be_reached_when_started_then_the_start_ends_with_the_reason() {
        assertThatThrownBy(() -> start(Map.of(
                        "kafka.brokers",
                        "localhost:1",
                        "camel.component.kafka.additional-properties[default.api.timeout.ms]",
                        "500",
                        "camel.component.kafka.additional-properties[request.timeout.ms]",
                        "500")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The topics could not be listed at localhost:1: ");
    }

    @Test
    void given_lost_state_when_started_again_then_each_row_comes_again_and_deleted_ones_stay_deleted()
            throws IOException {
        start(Map.of("kafka.feeds", "patients,bills,deletedBills"));
        awaitEqual("patients", "bills");
        main.stop();
        clinicea.clinic().delete("patients", firstId("patients"));
        clinicea.clinic().delete("bills", firstId("bills"));
        clinicea.clinic().change("patients", firstId("patients"));

        start(Map.of(
                "kafka.feeds",
                "patients,bills,deletedBills",
                "kafka.state",
                folder.resolve("another").toString()));

        awaitEqual("patients", "bills");
    }

    @Test
    void given_a_topic_that_was_deleted_when_started_again_then_all_rows_are_in_the_new_one() throws Exception {
        start(Map.of("kafka.feeds", "patients"));
        awaitEqual("patients");
        main.stop();
        admin.deleteTopics(List.of(prefix + "patients")).all().get();

        start(Map.of("kafka.feeds", "patients"));

        try (TopicReader now = new TopicReader(broker.address())) {
            await().untilAsserted(() -> assertThat(now.table(prefix + "patients"))
                    .isEqualTo(TopicReader.byId(clinicea.clinic().rows("patients"), "PatientID")));
        }
    }

    @Test
    void given_the_route_in_yaml_when_started_then_patients_come_and_changes_and_deletions_follow() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic(prefix + "patients", 3, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
        start(Map.of("camel.main.routes-include-pattern", "classpath:routes/clinic-to-kafka.yaml"), null);
        awaitEqual("patients");
        String deleted = firstId("patients");
        clinicea.clinic().delete("patients", deleted);
        clinicea.clinic().change("patients", firstId("patients"));

        awaitEqual("patients");

        List<ConsumerRecord<String, String>> versions = records("patients", deleted);
        assertThat(TopicReader.headers(versions.get(versions.size() - 1)))
                .containsEntry("clinicea-status", "Deleted")
                .containsKey("clinicea-checkpoint");
    }

    @Test
    void given_ids_in_capitals_when_published_then_the_key_is_in_small_letters() {
        String id = "3F2504E0-4F89-41D3-9A0C-0305E82C3301";
        clinicea.clinic().add("patients", Map.of("PatientID", id));
        start(Map.of("kafka.feeds", "patients"));

        await().untilAsserted(() -> assertThat(topics.table(prefix + "patients"))
                .containsKey(id.toLowerCase())
                .doesNotContainKey(id));
    }

    @Test
    void given_topics_that_would_lose_records_when_started_then_the_start_ends_with_the_reason()
            throws ExecutionException, InterruptedException {
        Collection<NewTopic> existing = new ArrayList<>();
        existing.add(new NewTopic(prefix + "patients", 3, (short) 1).configs(Map.of("cleanup.policy", "delete")));
        existing.add(new NewTopic(prefix + "bills", 3, (short) 1).configs(Map.of("cleanup.policy", "compact,delete")));
        existing.add(new NewTopic(prefix + "leads", 5, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        admin.createTopics(existing).all().get();

        for (String feed : Set.of("patients", "bills")) {
            assertThatThrownBy(() -> start(Map.of("kafka.feeds", feed)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The topic " + prefix + feed + " has cleanup.policy=")
                    .hasMessageContaining("kafka.topic-prefix");
        }
        assertThatThrownBy(() -> start(Map.of("kafka.feeds", "leads")))
                .hasMessageContaining("has 5 partitions, and kafka.partitions is 3");
    }

    @Test
    void given_an_idle_clinic_when_polled_then_each_feed_takes_one_request() {
        start(Map.of("kafka.feeds", "patients,leads", "kafka.poll-every", "100"));
        awaitEqual("patients", "leads");
        List<CliniceaPollEvent> polls = new CopyOnWriteArrayList<>();
        long before = clinicea.sandbox().requests();
        main.getCamelContext().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CliniceaPollEvent poll) {
                    polls.add(poll);
                }
            }
        });
        await().until(() -> polls.size() >= 10);
        main.stop();

        // A poll that was going on at the start or the end may have one request more or less.
        assertThat(clinicea.sandbox().requests() - before).isBetween(polls.size() - 2L, polls.size() + 2L);
    }
}
