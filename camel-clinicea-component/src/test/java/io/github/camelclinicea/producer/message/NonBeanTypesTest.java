/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMultimap;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.producer.ProducerTestBase;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.rowset.serial.SerialClob;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGobject;
import tools.jackson.databind.json.JsonMapper;

/** Tests bodies that are trees of other JSON libraries, or collections that do not implement Java's interfaces. */
class NonBeanTypesTest extends ProducerTestBase {
    private static final String RECORD = "{\"FirstName\":\"T\\u00e9sta \\\"T\\\"\",\"Age\":41,\"Balance\":12.50,"
            + "\"IsVIPPatient\":true,\"Tags\":[\"a\",1],\"Home\":{\"City\":\"Ulm\"}}";

    private static final String SENT = "{\"FirstName\":\"T\u00e9sta \\\"T\\\"\",\"Age\":41,\"Balance\":12.50,"
            + "\"IsVIPPatient\":true,\"Tags\":[\"a\",1],\"Home\":{\"City\":\"Ulm\"}}";

    private static final List<String> FIELDS = List.of("FirstName", "Age", "Balance", "IsVIPPatient", "Tags", "Home");

    private static Object jackson3() {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(tools.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(RECORD);
    }

    private static jakarta.json.JsonObject jakarta() {
        return Json.createReader(new StringReader(RECORD)).readObject();
    }

    private static com.google.gson.JsonObject gson() {
        return JsonParser.parseString(RECORD).getAsJsonObject();
    }

    static Stream<Object> trees() {
        Map<String, Object> ofGson = new LinkedHashMap<>();
        FIELDS.forEach(field -> ofGson.put(field, gson().get(field)));
        Map<String, Object> ofOrgJson = new LinkedHashMap<>();
        FIELDS.forEach(field -> ofOrgJson.put(field, new JSONObject(RECORD).get(field)));
        Map<String, Object> ofJackson3 = new LinkedHashMap<>();
        FIELDS.forEach(field -> ofJackson3.put(field, ((tools.jackson.databind.JsonNode) jackson3()).get(field)));
        Document ofBson = Document.parse(RECORD).append("Balance", Decimal128.parse("12.50"));
        return Stream.of(
                jackson3(), jakarta(), new LinkedHashMap<>(jakarta()), gson(), ofGson, ofOrgJson, ofJackson3, ofBson);
    }

    private Exchange create(Object body) {
        serve(json("{\"ID\":\"t1\"}"));
        return call("tasks", "path=/api/v1/tasks&operation=create")
                .withBody(body)
                .send();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void given_a_tree_of_another_library_when_written_then_its_fields_are_sent(Object tree) {
        Exchange out = create(tree);

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo(SENT);
    }

    /** Its order of fields is its own. */
    @Test
    void given_an_object_of_org_json_when_written_then_its_fields_are_sent() {
        Exchange out = create(new JSONObject(RECORD).put("Nothing", JSONObject.NULL));

        assertThat(out.getException()).isNull();
        assertThat(new JSONObject(onlyRequest().getBodyAsString()))
                .matches(sent -> sent.similar(new JSONObject(RECORD).put("Nothing", JSONObject.NULL)));
    }

    /** A route's own class with a tree in it. */
    public record Task(String title, jakarta.json.JsonObject details) {}

    @Test
    void given_an_object_that_holds_a_tree_when_written_then_that_is_sent_too() {
        Exchange out = create(new Task("x", jakarta()));

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getBodyAsString()).isEqualTo("{\"title\":\"x\",\"details\":" + SENT + "}");
    }

    static Stream<Object> parameters() {
        return Stream.of(
                Map.of(
                        "searchBy",
                        Json.createValue(2),
                        "searchText",
                        Json.createValue("Ulm"),
                        "searchOption",
                        JsonValue.NULL),
                Json.createObjectBuilder()
                        .add("searchBy", 2)
                        .add("searchText", "Ulm")
                        .build(),
                JsonParser.parseString("{\"searchBy\":2,\"searchText\":\"Ulm\"}"),
                Map.of("searchBy", new JsonPrimitive(2), "searchText", new JsonPrimitive("Ulm")),
                new JSONObject("{\"searchBy\":2,\"searchText\":\"Ulm\"}"),
                JsonMapper.shared().readTree("{\"searchBy\":2,\"searchText\":\"Ulm\"}"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void given_trees_in_the_parameters_when_sent_then_they_are_arguments(Object parameters) {
        serve(json("[]"));

        Exchange out = call("patients", "operation=list")
                .withHeader(CliniceaConstants.PARAMETERS, parameters)
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl())
                .contains("searchBy=2")
                .contains("searchText=Ulm")
                .doesNotContain("Option");
    }

    static Stream<Object> ids() {
        return Stream.of(
                Json.createValue("p1"),
                new JsonPrimitive("p1"),
                JsonMapper.shared().readTree("\"p1\""),
                com.fasterxml.jackson.databind.node.TextNode.valueOf("p1"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void given_an_id_out_of_a_tree_when_got_then_it_is_sent_without_quotes(Object id) {
        serve(json("{\"ID\":\"p1\"}"));

        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, id)
                .send();

        assertThat(out.getException()).isNull();
        assertThat(onlyRequest().getUrl()).endsWith("?patientID=p1");
    }

    @Test
    void given_an_object_for_an_id_when_got_then_it_is_refused() {
        Exchange out = call("patients", "operation=get")
                .withHeader(CliniceaConstants.RECORD_ID, gson())
                .send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CliniceaConstants.RECORD_ID)
                .hasMessageNotContaining("Ulm");
        assertNothingSent();
    }

    /** Like a map of Scala: it is no collection of Java's, and its only getters do not return the content. */
    public static final class OtherMap implements Iterable<Map.Entry<String, String>> {
        private final Map<String, String> entries = Map.of("FirstName", "Testa");

        public boolean isEmpty() {
            return entries.isEmpty();
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            return entries.entrySet().iterator();
        }
    }

    /** A supplier of a value. */
    public record Later(String value) implements Supplier<String> {
        @Override
        public String get() {
            return value;
        }
    }

    private static Object holdingItself() {
        Map<String, Object> map = new HashMap<>();
        map.put("Home", List.of(map));
        return map;
    }

    private static Struct protobuf() {
        return Struct.newBuilder()
                .putFields(
                        "FirstName", Value.newBuilder().setStringValue("Testa").build())
                .build();
    }

    private static Clob clob() {
        try {
            return new SerialClob("Testa".toCharArray());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returned by a query of camel-sql for a jsonb, for example. */
    private static Object pgObject() {
        try {
            PGobject object = new PGobject();
            object.setType("jsonb");
            object.setValue("{\"FirstName\":\"Testa\"}");
            return object;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Exchange exchange() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody("Testa");
        return exchange;
    }

    static Stream<Object> unreadable() {
        return Stream.of(
                protobuf(),
                protobuf().toBuilder(),
                Map.of("Home", protobuf()),
                Map.of("Home", List.of(protobuf().getDefaultInstanceForType())),
                new BsonDocument("FirstName", new BsonString("Testa")),
                Map.of("FirstName", new BsonString("Testa")),
                new Document("FirstName", "Testa").append("_id", new ObjectId()),
                new Document("Photo", new Binary("Testa".getBytes(StandardCharsets.UTF_8))),
                Map.of("Tags", ImmutableMultimap.of("a", "Testa")),
                Map.of("FirstName", com.google.common.base.Optional.of("Testa")),
                Map.of("FirstName", new WeakReference<>("Testa")),
                Map.of("FirstName", Stream.of("Testa")),
                Map.of("Notes", clob()),
                Map.of("Notes", pgObject()),
                Map.of("FirstName", new SubmissionPublisher<String>()),
                Map.of("Notes", new IllegalStateException("Testa")),
                Map.of("Notes", BitSet.valueOf(new byte[] {5})),
                Map.of("Notes", new ReentrantLock()),
                Map.of("Notes", new Random()),
                Map.of("Notes", new AtomicMarkableReference<>("Testa", true)),
                Map.of("Notes", (Runnable) () -> {}),
                exchange(),
                Map.of("Home", exchange().getMessage()),
                new OtherMap(),
                Map.of("Home", new OtherMap()),
                Map.of("FirstName", CompletableFuture.completedFuture("Testa")),
                Map.of("FirstName", new Later("Testa")),
                holdingItself(),
                // What is no JSON is not guessed at.
                Map.of("Balance", new JsonPrimitive(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void given_what_cannot_be_read_when_written_then_it_is_refused_and_nothing_is_sent(Object body) {
        Exchange out = create(body);

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong kind")
                .hasMessageNotContaining("Testa");
        assertNothingSent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools.jackson.databind.JsonNode",
                "tools.jackson.databind.node.ObjectNode",
                "jakarta.json.JsonObject",
                "com.google.gson.JsonObject",
                "org.json.JSONObject",
                "com.google.protobuf.Struct",
                "org.bson.BsonDocument",
                "org.bson.types.ObjectId",
                "com.google.common.collect.Multimap",
                "java.io.InputStream",
                "java.util.stream.Stream",
                "io.github.camelclinicea.producer.message.NonBeanTypesTest$OtherMap"
            })
    void given_a_foreign_tree_as_bodyType_when_started_then_it_is_refused(String type) {
        assertThatThrownBy(() -> call("patients", "operation=get&bodyType=" + type)
                        .withHeader(CliniceaConstants.RECORD_ID, "p1")
                        .request())
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bodyType=" + type)
                .hasMessageContaining("Node");
        assertNothingSent();
    }

    /** A Map, but the class that is in the way is within it. */
    @Test
    void given_a_document_of_mongodb_with_its_id_when_written_then_the_error_names_what_cannot_be_written() {
        assertThat(create(new Document("_id", new ObjectId())).getException())
                .hasMessageContaining("org.bson.types.ObjectId cannot be written");
        assertThat(call("patients", "operation=list")
                        .withHeader(
                                CliniceaConstants.PARAMETERS, Map.of("searchText", List.of(new BsonString("Testa"))))
                        .send()
                        .getException())
                .hasMessageContaining("'searchText'")
                .hasMessageContaining("org.bson.BsonString cannot be written");
        assertNothingSent();
    }

    @Test
    void given_a_decimal_of_mongodb_that_is_no_number_when_written_then_it_is_refused() {
        assertThat(create(new Document("Balance", Decimal128.NaN)).getException())
                .isInstanceOf(IllegalArgumentException.class);
        assertNothingSent();
    }

    @Test
    void given_a_map_of_another_library_as_bodyType_when_got_then_it_is_made() {
        serve(json("{\"ID\":\"p1\"}"));

        Object body = call("patients", "operation=get&bodyType=org.bson.Document")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .request();

        assertThat(body).isEqualTo(new Document("ID", "p1"));
    }

    @Test
    void given_jacksons_own_tree_as_bodyType_when_got_then_it_is_made() {
        serve(json("{\"ID\":\"p1\"}"));

        Object body = call("patients", "operation=get&bodyType=com.fasterxml.jackson.databind.JsonNode")
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .request();

        assertThat(body).hasToString("{\"ID\":\"p1\"}");
    }
}
