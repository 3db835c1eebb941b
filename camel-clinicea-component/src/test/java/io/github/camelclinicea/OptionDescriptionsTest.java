/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.catalog.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that a description alone is enough to set an option, since an IDE and Kaoto show nothing else. */
class OptionDescriptionsTest {
    /** The reader knows the form of these values, and an example of a secret would be copied. */
    private static final Set<String> SECRETS = Set.of("apiKey", "username", "password");

    private static final JsonNode SCHEMA = schema();

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** Holds an option of this component, not one of Camel's. */
    record Option(String name, JsonNode schema, String annotated) {
        String description() {
            return schema.path("description").asText();
        }

        boolean isOneOfAFewValues() {
            String type = schema.path("type").asText();
            return type.equals("boolean") || schema.has("enum");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Option> options() {
        return Stream.concat(
                        Arrays.stream(CliniceaConfiguration.class.getDeclaredFields()),
                        Arrays.stream(CliniceaEndpoint.class.getDeclaredFields()))
                .filter(field -> annotated(field) != null && !annotated(field).isEmpty())
                .map(field ->
                        new Option(field.getName(), SCHEMA.path("properties").path(field.getName()), annotated(field)))
                .toList();
    }

    private static String annotated(Field field) {
        UriParam parameter = field.getAnnotation(UriParam.class);
        UriPath path = field.getAnnotation(UriPath.class);
        return parameter != null ? parameter.description() : path != null ? path.description() : null;
    }

    /** Camel's generator leaves out characters without a word, such as an at sign or an asterisk. */
    @ParameterizedTest
    @MethodSource("options")
    void given_a_description_when_the_schema_is_generated_then_no_character_is_lost(Option option) {
        assertThat(option.description()).startsWith(option.annotated());
    }

    @ParameterizedTest
    @MethodSource("options")
    void given_an_option_whose_values_are_an_open_set_when_described_then_there_is_an_example(Option option) {
        boolean isNumber = option.schema().path("type").asText().equals("integer")
                && option.schema().has("defaultValue");
        if (!option.isOneOfAFewValues() && !SECRETS.contains(option.name()) && !isNumber) {
            assertThat(option.description()).containsIgnoringCase("for example ");
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void given_an_option_without_a_default_value_when_described_then_it_says_what_applies(Option option) {
        if (!option.schema().has("defaultValue")
                && !option.schema().path("required").asBoolean()
                && !SECRETS.contains(option.name())) {
            assertThat(option.description()).containsPattern("By default|The default is");
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void given_a_number_when_described_then_its_unit_is_said(Option option) {
        if (Set.of("integer", "number").contains(option.schema().path("type").asText())) {
            assertThat(option.description()).containsPattern("[Nn]umber of|in bytes|Port of");
        }
    }

    /** The schema gives {@code false} to a switch with three states; only the description can say what applies. */
    @Test
    void given_the_switch_with_three_states_when_described_then_the_description_says_what_applies() {
        assertThat(options())
                .filteredOn(option -> option.schema().path("javaType").asText().equals("java.lang.Boolean"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.description()).contains("By default"));
    }

    @Test
    void given_the_resource_when_described_then_all_of_the_catalogue_are_named() {
        String description =
                SCHEMA.path("properties").path("resource").path("description").asText();

        assertThat(Catalogue.shipped().names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(description).containsPattern("\\b" + name + "\\b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiKeyHeader       | api_key
            apiKeyParameter    | api_key
            baseUrl            | http://localhost:8080
            path               | /api/v1/tasks
            connectTimeout     | 5s
            responseTimeout    | 45s
            requestTimeout     | 2m
            maxRetryWait       | 30s
            requestsPerSecond  | 2
            requestsPerSecond  | 0.5
            requestsPerDay     | 5000
            requestsPerMonth   | 100000
            clinicZone         | Asia/Dubai
            syncId             | clinic-1-patients
            syncFrom           | 2026-01-31
            syncFrom           | 2026-01-31T08:00:00Z
            syncFrom           | now
            overlap            | 15m
            statuses           | Added,Modified
            maxMessagesPerPoll | 500
            pageSize           | 50
            firstPage          | 1
            syncParameter      | lastSyncDate
            pageParameter      | pageNo
            pageSizeParameter  | pageSize
            timestampFormat    | ISO_OFFSET
            timestampFormat    | UTC_SECONDS
            timestampFormat    | dd/MM/yyyy HH:mm:ss
            idField            | PatientID,ID
            statusField        | DataStatusStr
            modifiedField      | ModifiedDatetime
            ignoreFields       | ReadAt,PhotoUrl
            bodyType           | Map
            bodyType           | Json
            bodyType           | Node
            healthCheckStaleAfter | 30m
            healthCheckHeldAfter  | 2h
            heldRowBackoff     | 1h
            delay              | 5m
            """)
    void given_an_example_of_a_description_when_a_consumer_has_it_then_it_is_taken(String option, String example)
            throws Exception {
        assertThat(SCHEMA.path("properties").path(option).path("description").asText())
                .contains(example);
        camel.start();

        CliniceaEndpoint endpoint = camel.getEndpoint(
                "clinicea:patients?apiKey=k&" + option + "=RAW(" + example + ")", CliniceaEndpoint.class);

        assertThatCode(() -> endpoint.createConsumer(exchange -> {})).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uploadTimeout | 1h                             | documents    | operation=upload&uploadTimeout=
            blobHosts     | documents.example.org          | documents    | operation=upload&blobHosts=
            operation     | listByPatient                  | appointments | operation=
            parameters    | parameter.casesheetName=Dental | visits       | operation=list&
            proxyHost     | proxy.example.org              | patients     | operation=get&proxyPort=3128&proxyHost=
            proxyPort     | 3128                           | patients     | operation=get&proxyHost=proxy&proxyPort=
            """)
    void given_an_example_of_a_description_when_a_producer_has_it_then_it_is_taken(
            String option, String example, String resource, String options) {
        String description =
                SCHEMA.path("properties").path(option).path("description").asText();
        assertThat(description).contains("for example " + example);
        camel.start();

        CliniceaEndpoint endpoint =
                camel.getEndpoint("clinicea:" + resource + "?apiKey=k&" + options + example, CliniceaEndpoint.class);

        assertThatCode(endpoint::createProducer).doesNotThrowAnyException();
    }

    private static JsonNode schema() {
        try (InputStream json = CliniceaComponent.class.getResourceAsStream("clinicea.json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
