/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.transform.DataTypeRoute.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliniceaCloudEventDataTypeTransformerTest {
    private static final String DATA_TYPE = "clinicea:application-cloudevents";
    private static final String LOCAL = "2026-01-01T00:00:00";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A class of the user's. */
    public static final class Patient {
        public String PatientID;
    }

    private final DataTypeRoute route = new DataTypeRoute();

    @AfterEach
    void close() {
        route.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_a_row_when_transformed_then_it_is_a_cloud_event_with_its_json_as_data(String bodyType) throws Exception {
        String row = patient("p1", "Modified", LOCAL);

        route.start(DATA_TYPE, "bodyType=" + bodyType, "[" + row + "]");

        Outcome event = route.outcome();
        assertThat(event.failure()).isNull();
        assertThat(event.text()).isEqualTo(row);
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_VERSION)).isEqualTo("1.0");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_ID))
                .isEqualTo(event.header(CliniceaConstants.VERSION))
                .asString()
                .matches("[A-Za-z0-9_-]{22}");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE))
                .isEqualTo(route.server().baseUrl() + "/patients");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_TYPE))
                .isEqualTo("io.github.camelclinicea.patients.modified");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT)).isEqualTo("p1");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(event.header(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(event.exchange().getMessage().getHeaders())
                .as("a local time is no moment")
                .doesNotContainKey(CloudEvent.CAMEL_CLOUD_EVENT_TIME);
    }

    @Test
    void given_a_row_of_a_users_class_when_transformed_then_its_data_is_that_of_the_class() throws Exception {
        route.start(DATA_TYPE, "bodyType=" + Patient.class.getName(), "[" + patient("p1", "Added", LOCAL) + "]");

        assertThat(route.outcome().text()).isEqualTo("{\"PatientID\":\"p1\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "Added, added",
        "Modified, modified",
        "Deleted, deleted",
        "None, none",
        "'', none",
        "Merged Here, merged%20here"
    })
    void given_a_status_when_transformed_then_the_type_ends_with_it(String status, String end) throws Exception {
        route.start(DATA_TYPE, "", "[" + patient("p1", status, LOCAL) + "]");

        assertThat(route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_TYPE))
                .isEqualTo("io.github.camelclinicea.patients." + end);
    }

    @Test
    void given_a_deleted_row_of_only_its_id_when_transformed_then_it_is_an_event_too() throws Exception {
        route.start(DATA_TYPE, "", "[{\"PatientID\":\"p1\",\"DataStatusStr\":\"Deleted\"}]");

        assertThat(route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT)).isEqualTo("p1");
        assertThat(route.outcome().text()).contains("\"PatientID\":\"p1\"");
    }

    @Test
    void given_a_row_without_an_id_when_transformed_then_the_event_has_no_subject_and_has_an_id() throws Exception {
        route.start(DATA_TYPE, "", "[{\"FirstName\":\"Testa\"}]");

        assertThat(route.outcome().exchange().getMessage().getHeaders())
                .doesNotContainKey(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT)
                .containsKey(CloudEvent.CAMEL_CLOUD_EVENT_ID);
    }

    @Test
    void given_a_stamp_with_an_offset_when_transformed_then_the_event_has_a_time() throws Exception {
        route.start(DATA_TYPE, "", "[" + patient("p1", "Added", "2026-03-01T08:00:00+05:30") + "]");

        assertThat(route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_TIME)).isEqualTo("2026-03-01T02:30:00Z");
    }

    @Test
    void given_clinicZone_when_a_local_time_is_transformed_then_the_event_has_its_moment() throws Exception {
        route.start(DATA_TYPE, "clinicZone=Asia/Dubai", "[" + patient("p1", "Added", "2026-03-01T08:00:00") + "]");

        assertThat(route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_TIME)).isEqualTo("2026-03-01T04:00:00Z");
    }

    @Test
    void given_a_row_that_failed_when_it_comes_again_then_the_event_has_the_same_id_until_the_row_changes()
            throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<Object> ids = new CopyOnWriteArrayList<>();
        route.retrying().first(exchange -> {
            exchange.getMessage().setBody(Map.of("addedByTheRoute", attempts.incrementAndGet()));
            new CliniceaCloudEventDataTypeTransformer().transform(exchange.getMessage(), null, null);
            ids.add(exchange.getMessage().getHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID));
            if (attempts.get() == 1) {
                throw new IllegalStateException("the first attempt fails");
            }
        });

        route.start(DATA_TYPE, "delay=50&heldRowBackoff=1", "[" + patient("p1", "Added", LOCAL) + "]");
        await().atMost(PATIENCE).until(() -> ids.size() == 2);
        route.server().servePatients("[" + patient("p1", "Modified", LOCAL) + "]");
        await().atMost(PATIENCE).until(() -> ids.size() == 3);

        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    }

    @Test
    void given_two_syncs_of_one_resource_when_transformed_then_the_source_says_which() throws Exception {
        route.start(DATA_TYPE, "syncId=RAW(clinic 1/patients)", "[" + patient("p1", "Added", LOCAL) + "]");

        String source = (String) route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE);
        assertThat(source).isEqualTo(route.server().baseUrl() + "/patients#clinic%201%2Fpatients");
        assertThat(URI.create(source).getFragment()).isEqualTo("clinic 1/patients");
    }

    @Test
    void given_an_id_with_line_breaks_and_quotes_when_transformed_then_no_header_breaks() throws Exception {
        route.start(DATA_TYPE, "", "[" + patient("a\\r\\nX-Evil: 1\\\"é", "Add\\u0000ed", LOCAL) + "]");

        Outcome event = route.outcome();
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT)).isEqualTo("a%0D%0AX-Evil%3A%201%22%C3%A9");
        assertThat(event.header(CloudEvent.CAMEL_CLOUD_EVENT_TYPE).toString()).endsWith(".add%00ed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Map", "Json", "Node"})
    void given_a_batch_when_transformed_then_it_is_one_json_batch_of_events(String bodyType) throws Exception {
        String first = patient("p1", "Added", LOCAL);
        String second = patient("p2", "Added", "2026-03-01T08:00:00Z");

        route.start(DATA_TYPE, "batching=true&bodyType=" + bodyType, "[" + first + "," + second + "]");

        Outcome batch = route.outcome();
        assertThat(batch.failure()).isNull();
        assertThat(batch.header(Exchange.CONTENT_TYPE)).isEqualTo("application/cloudevents-batch+json");
        JsonNode events = JSON.readTree(batch.text());
        List<?> versions = (List<?>) batch.header(CliniceaConstants.VERSIONS);
        assertThat(versions).hasSize(2).doesNotHaveDuplicates();
        assertThat(events).isEqualTo(JSON.readTree("""
                [{"specversion": "1.0", "id": "%s", "source": "%s/patients",
                  "type": "io.github.camelclinicea.patients.added", "subject": "p1",
                  "datacontenttype": "application/json", "data": %s},
                 {"specversion": "1.0", "id": "%s", "source": "%2$s/patients",
                  "type": "io.github.camelclinicea.patients.added", "subject": "p2", "time": "2026-03-01T08:00:00Z",
                  "datacontenttype": "application/json", "data": %s}]
                """.formatted(
                        versions.get(0), route.server().baseUrl(), first, versions.get(1), second)));
    }

    @Test
    void given_a_batch_that_is_json_already_when_transformed_then_its_events_are_the_same() throws Exception {
        String row = patient("p1", "Added", LOCAL);
        route.first(exchange -> new CliniceaJsonDataTypeTransformer().transform(exchange.getMessage(), null, null));

        route.start(DATA_TYPE, "batching=true", "[" + row + "]");

        assertThat(StreamSupport.stream(JSON.readTree(route.outcome().text()).spliterator(), false))
                .singleElement()
                .satisfies(event -> assertThat(event.get("data")).isEqualTo(JSON.readTree(row)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e5",
                "-0",
                "1.10",
                "12345678901234567890.5E+3",
                "{\"a\" : 1e5, \"b\":[ 1E5 ,{} ]}",
                "[ ]",
                "\"a \\\" ] 😀 é\"",
                "true",
                "null",
                "\"\""
            })
    void given_a_batch_that_is_json_text_when_transformed_then_the_data_is_spelled_as_before(String data)
            throws Exception {
        route.first(exchange -> exchange.getMessage().setBody("\t[ " + data + "\n,{\"b\":2e1} ," + data + " ] "));

        route.start(
                DATA_TYPE,
                "batching=true",
                "[" + patient("p1", "Added", LOCAL) + "," + patient("p2", "Added", LOCAL) + ","
                        + patient("p3", "Added", LOCAL) + "]");

        assertThat(route.outcome().failure()).isNull();
        assertThat(route.outcome().text().split("\"data\":", -1))
                .hasSize(4)
                .satisfies(parts -> assertThat(parts[1]).startsWith(data + "},{\"specversion\""))
                .satisfies(parts -> assertThat(parts[2]).startsWith("{\"b\":2e1}},{\"specversion\""))
                .satisfies(parts -> assertThat(parts[3]).isEqualTo(data + "}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batching=true", "batching=false"})
    void given_an_event_when_transformed_again_then_it_stays_the_same(String options) throws Exception {
        String row = patient("p1", "Added", LOCAL);
        route.first(
                exchange -> new CliniceaCloudEventDataTypeTransformer().transform(exchange.getMessage(), null, null));

        route.start(DATA_TYPE, options, "[" + row + "]");

        JsonNode body = JSON.readTree(route.outcome().text());
        assertThat(body.isArray() ? body.path(0).path("data") : body).isEqualTo(JSON.readTree(row));
    }

    @Test
    void given_a_batch_that_lost_a_record_when_transformed_then_it_is_refused() throws Exception {
        route.first(exchange -> exchange.getMessage().setBody(List.of(Map.of())));

        route.start(
                DATA_TYPE,
                "batching=true",
                "[" + patient("p1", "Added", LOCAL) + "," + patient("p2", "Added", LOCAL) + "]");

        assertThat(route.outcome().failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "clinicea:application-cloudevents: the body has 1 records and the batch had 2. Transform the"
                                + " batch before records are added or removed");
    }

    @Test
    void given_a_batch_that_became_a_text_when_transformed_then_it_is_refused_without_being_quoted() throws Exception {
        route.first(exchange -> exchange.getMessage().setBody("{\"secret\":\"canary\"}"));

        route.start(DATA_TYPE, "batching=true", "[" + patient("p1", "Added", LOCAL) + "]");

        assertThat(route.outcome().failure())
                .hasMessage("clinicea:application-cloudevents: the body is no list of records. Transform a batch before"
                        + " you split it");
    }

    @Test
    void given_rows_that_were_aggregated_when_transformed_then_they_are_refused() throws Exception {
        route.first(exchange -> exchange.getMessage().setBody(List.of(Map.of(), Map.of())));

        route.start(DATA_TYPE, "", "[" + patient("p1", "Added", LOCAL) + "]");

        assertThat(route.outcome().failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "clinicea:application-cloudevents: the body is a list, and the headers are those of one row."
                                + " Transform each row before rows are aggregated");
    }

    @Test
    void given_a_row_that_goes_through_a_queue_when_transformed_then_it_is_the_same_event() throws Exception {
        route.by("seda:rows?pollTimeout=20").start(DATA_TYPE, "", "[" + patient("p1", "Added", LOCAL) + "]");

        assertThat(route.outcome().header(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE))
                .isEqualTo(route.server().baseUrl() + "/patients");
    }

    @ParameterizedTest
    @ValueSource(strings = {CliniceaConstants.SOURCE, CliniceaConstants.VERSION, CliniceaConstants.RESOURCE})
    void given_a_message_that_lost_a_header_when_transformed_then_it_is_refused_by_its_name(String header)
            throws Exception {
        route.first(exchange -> exchange.getMessage().removeHeader(header));

        route.start(DATA_TYPE, "", "[" + patient("p1", "Added", LOCAL) + "]");

        assertThat(route.outcome().failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(DATA_TYPE + ": the message has no header " + header);
    }

    @Test
    void given_an_idle_poll_when_its_empty_message_is_transformed_then_it_stays_empty() throws Exception {
        route.start(DATA_TYPE, "sendEmptyMessageWhenIdle=true");

        assertThat(route.outcome().failure()).isNull();
        assertThat(route.outcome().exchange().getMessage().getHeaders())
                .doesNotContainKey(CloudEvent.CAMEL_CLOUD_EVENT_ID);
    }

    @Test
    void given_a_row_that_cannot_be_read_when_its_failure_is_transformed_then_its_text_is_not_quoted()
            throws Exception {
        route.start(DATA_TYPE, "", "[{\"PatientID\":\"p1\",\"canary\":NaN}]");

        assertThat(route.outcome().failure()).hasMessageNotContaining("canary");
        assertThat(route.outcome().header(CliniceaConstants.VERSION)).isNotNull();
    }
}
