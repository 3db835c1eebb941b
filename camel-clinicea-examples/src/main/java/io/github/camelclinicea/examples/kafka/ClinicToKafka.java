/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.examples.fields.RowFields;
import io.github.camelclinicea.examples.policy.OneAtATime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Publishes the rows of each feed to a compacted topic of its resource. The key is the record's id and the value is the
 * row. A deleted record becomes a tombstone, which is a record with the key and without a value.
 */
public class ClinicToKafka extends RouteBuilder {
    private static final String BILLS = "bills";
    private static final String DELETED_BILLS = "deletedBills";

    private final OneAtATime oneAtATime = new OneAtATime();
    private RowFields fields;
    private DeletedBills deletedBills;
    private Map<String, String> topicIds;

    @Override
    public void configure() {
        fields = RowFields.load(getContext(), setting("kafka.fields"));
        deletedBills = new DeletedBills(getContext().getRegistry().findSingleByType(DataSource.class));
        List<String> feeds = feeds();
        topicIds = CompactedTopics.of(getContext())
                .createOrCheck(feeds.stream().map(this::topic).distinct().toList());

        for (String feed : feeds) {
            if (feed.equals(BILLS)) {
                // A version that was held, or was read before the deletion, must not come behind the tombstone.
                from(changesOf(BILLS))
                        .routeId(BILLS)
                        .routePolicy(oneAtATime)
                        .filter(exchange -> !deletedBills.isOutdated(key(exchange), modified(exchange)))
                        .to("direct:publish");
            } else if (feed.equals(DELETED_BILLS)) {
                from(changesOf(DELETED_BILLS))
                        .routeId(DELETED_BILLS)
                        .routePolicy(oneAtATime)
                        .setHeader(CliniceaConstants.RECORD_ID)
                        .exchange(exchange -> fields.required("deletedBill.bill", row(exchange)))
                        .setHeader(CliniceaConstants.DATA_STATUS, constant("Deleted"))
                        .process(exchange -> deletedBills.add(key(exchange), modified(exchange)))
                        .to("direct:publish");
            } else {
                from(changesOf(feed)).routeId(feed).to("direct:publish");
            }
        }

        from("direct:publish")
                .routeId("publish")
                // Camel does not send its own headers to Kafka, so only those that are set here are sent.
                .removeHeaders("*", "Camel*")
                .setHeader(KafkaConstants.OVERRIDE_TOPIC)
                .exchange(exchange -> topic(resource(exchange)))
                .setHeader(KafkaConstants.KEY)
                .exchange(ClinicToKafka::key)
                .setHeader("clinicea-resource", header(CliniceaConstants.RESOURCE))
                .setHeader("clinicea-status", header(CliniceaConstants.DATA_STATUS))
                .setHeader("clinicea-modified", header(CliniceaConstants.MODIFIED))
                .setHeader("clinicea-checkpoint", header(CliniceaConstants.SYNC_TIMESTAMP))
                .setHeader("clinicea-version", header(CliniceaConstants.VERSION))
                .transformDataType(setting("kafka.value"))
                .removeHeader(Exchange.CONTENT_TYPE)
                .setHeader("ce_specversion", header("CamelCloudEventVersion"))
                .setHeader("ce_id", header("CamelCloudEventID"))
                .setHeader("ce_source", header("CamelCloudEventSource"))
                .setHeader("ce_type", header("CamelCloudEventType"))
                .setHeader("ce_subject", header("CamelCloudEventSubject"))
                .setHeader("ce_time", header("CamelCloudEventTime"))
                .choice()
                .when(simple("${header.CamelCliniceaDataStatus} =~ 'Deleted'"))
                .setBody(simple("${null}"))
                .otherwise()
                .setHeader("content-type", constant("application/json"))
                .end()
                // One producer for all feeds, and it waits for the brokers. So the order of a key is that of the route.
                .to("kafka:clinicea?synchronous=true&enableIdempotence=true&requestRequiredAcks=all"
                        + "&maxInFlightRequest=5"
                        + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer");
    }

    /** Returns a feed that begins again if its topic is another one, for instance because it was deleted. */
    private String changesOf(String feed) {
        return "clinicea:" + feed + "?delay={{kafka.poll-every}}&syncId=" + feed + "-" + topicIds.get(topic(feed));
    }

    private List<String> feeds() {
        return Arrays.stream(setting("kafka.feeds").split(","))
                .map(String::strip)
                .filter(feed -> !feed.isEmpty())
                .distinct()
                .toList();
    }

    private String topic(String resource) {
        return setting("kafka.topic-prefix") + (resource.equals(DELETED_BILLS) ? BILLS : resource);
    }

    private String setting(String name) {
        return getContext().resolvePropertyPlaceholders("{{" + name + "}}");
    }

    /** Returns the record's id. The digits of a GUID mean the same in either case, and Kafka's keys do not. */
    private static String key(Exchange exchange) {
        String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("The row has no id. The component's option idField names its field");
        }
        return id.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}") ? id.toLowerCase(Locale.ROOT) : id;
    }

    private static String modified(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.MODIFIED, String.class);
    }

    private static String resource(Exchange exchange) {
        return exchange.getMessage().getHeader(CliniceaConstants.RESOURCE, String.class);
    }

    private static Map<?, ?> row(Exchange exchange) {
        return exchange.getMessage().getBody(Map.class);
    }
}
