/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Creates the topics, and refuses existing ones that would lose records: those that delete by time or size, and those
 * with another number of partitions than that which the keys were spread over.
 *
 * <p>Specified by {@code ClinicToKafkaTest}.
 */
final class CompactedTopics {
    private final Properties connection;
    private final String brokers;
    private final int partitions;
    private final short replicas;

    private CompactedTopics(Properties connection, String brokers, int partitions, short replicas) {
        this.connection = connection;
        this.brokers = brokers;
        this.partitions = partitions;
        this.replicas = replicas;
    }

    /**
     * Returns the topics of the brokers that Camel's component is configured for.
     *
     * @param context the context with the component and the properties {@code kafka.partitions} and
     *     {@code kafka.replicas}
     */
    static CompactedTopics of(CamelContext context) {
        KafkaConfiguration configuration =
                context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        Properties connection = configuration.createProducerProperties();
        connection.keySet().retainAll(AdminClientConfig.configNames());
        connection.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return new CompactedTopics(
                connection,
                configuration.getBrokers(),
                Integer.parseInt(context.resolvePropertyPlaceholders("{{kafka.partitions}}")),
                Short.parseShort(context.resolvePropertyPlaceholders("{{kafka.replicas}}")));
    }

    /**
     * Creates those topics that do not exist, and checks the others.
     *
     * @param names the names of the topics
     * @return their ids by their names; a topic that is deleted and created again has another id
     * @throws IllegalStateException if a topic would lose records, or the brokers refuse or cannot be reached
     */
    Map<String, String> createOrCheck(Collection<String> names) {
        try (Admin admin = Admin.create(connection)) {
            Set<String> present =
                    result("The topics could not be listed", admin.listTopics().names());
            Map<String, String> ids = new HashMap<>();
            for (String name : names) {
                ids.put(name, (present.contains(name) ? check(admin, name) : create(admin, name)).toString());
            }
            return ids;
        }
    }

    private Uuid create(Admin admin, String name) {
        NewTopic topic = new NewTopic(name, partitions, replicas)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        // An acknowledged record is on one broker more than may fail.
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(Math.max(1, replicas - 1))));
        return result(
                "The topic " + name + " could not be created",
                admin.createTopics(List.of(topic)).topicId(name));
    }

    private Uuid check(Admin admin, String name) {
        String unreadable = "The topic " + name + " could not be read";
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        String policy = result(
                        unreadable,
                        admin.describeConfigs(List.of(resource)).values().get(resource))
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
            throw new IllegalStateException("The topic " + name + " has cleanup.policy=" + policy
                    + ", so it would lose the records that do not change. Set its cleanup.policy to compact, or"
                    + " choose other topics by kafka.topic-prefix");
        }
        TopicDescription description = result(
                unreadable,
                admin.describeTopics(List.of(name)).topicNameValues().get(name));
        int found = description.partitions().size();
        if (found != partitions) {
            throw new IllegalStateException("The topic " + name + " has " + found + " partitions, and"
                    + " kafka.partitions is " + partitions + ". If the topic is new, set kafka.partitions to " + found
                    + ". If partitions were added, delete the topic: keys are in other partitions now");
        }
        return description.topicId();
    }

    private <T> T result(String failure, KafkaFuture<T> response) {
        try {
            return response.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    failure + " at " + brokers + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure, e);
        }
    }
}
