/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelclinicea.secrets.CanaryWatch.WORD;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.testing.StubClinicea;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the spans of consumers and producers with Camel's tracer for OpenTelemetry. */
class CliniceaSpanDecoratorTest {
    private static final String KEY = "key" + WORD;
    private static final String RECORD = "{\"PatientID\":\"id" + WORD + "\",\"FirstName\":\"" + WORD
            + "\",\"DataStatusStr\":\"Added\",\"ModifiedDatetime\":\"2026-01-01T00:00:00\"}";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();

    @BeforeEach
    void trace() {
        camel.getRegistry().bind("tracer", provider.get("test"));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(camel);
        tracer.init(camel);
    }

    @AfterEach
    void stop() {
        camel.stop();
        provider.close();
        clinicea.close();
    }

    private String uri(String options) {
        return "clinicea:patients?apiKey=" + KEY + "&baseUrl=" + clinicea.baseUrl() + "&initialDelay=0&maxRetryWait=10"
                + "&parameter.branch=" + WORD + options;
    }

    private void add(String from, String to) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("route").to(to);
            }
        });
        camel.start();
    }

    private void serve(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(answer));
    }

    private Exchange send(Object operation, Object body) {
        return camel.createFluentProducerTemplate()
                .to("direct:call")
                .withHeader(CliniceaConstants.OPERATION, operation)
                .withHeader(CliniceaConstants.RECORD_ID, "id" + WORD)
                .withHeader(CliniceaConstants.PARAMETERS, Map.of())
                .withBody(body)
                .send();
    }

    /** Returns the only span of the component, after searching all it shows. */
    private SpanData span() {
        List<SpanData> spans = exporter.getFinishedSpanItems().stream()
                .filter(span -> "camel-clinicea".equals(attribute(span, "component")))
                .toList();
        assertThat(spans).hasSize(1);
        SpanData span = spans.get(0);
        assertThat(span.getName() + span.getAttributes() + span.getEvents() + span.getStatus())
                .doesNotContain(WORD, "url.query", "camel.uri");
        return span;
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void given_an_update_when_done_then_its_span_says_what_was_done() throws Exception {
        serve(json(RECORD));
        add("direct:call", uri(""));

        Exchange out = send("update", Map.of("firstName", WORD, "lastName", WORD, "mobile", "1"));

        assertThat(out.getException()).isNull();
        SpanData span = span();
        assertThat(span.getName()).isEqualTo("patients update");
        assertThat(attribute(span, "clinicea.resource")).isEqualTo("patients");
        assertThat(attribute(span, "clinicea.operation")).isEqualTo("update");
        assertThat(attribute(span, "clinicea.attempts")).isEqualTo("1");
        assertThat(attribute(span, "http.status_code")).isEqualTo("200");
        assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(out.getAllProperties().keySet()).noneMatch(name -> name.contains("CallReport"));
    }

    @Test
    void given_a_read_that_is_refused_when_retried_then_its_span_is_an_error_with_all_attempts() throws Exception {
        serve(answer(503).withBody(RECORD));
        add("direct:call", uri("&maxRetries=2"));

        assertThat(send("get", null).getException()).isInstanceOf(CliniceaException.class);

        SpanData span = span();
        assertThat(span.getName()).isEqualTo("patients get");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(span, "http.status_code")).isEqualTo("503");
        assertThat(attribute(span, "clinicea.attempts")).isEqualTo("3");
        assertThat(attribute(span, "error.type")).isEqualTo(CliniceaException.class.getName());
        assertThat(clinicea.server().getAllServeEvents()).hasSize(3);
    }

    @Test
    void given_an_operation_that_does_not_exist_when_called_then_its_text_is_not_shown() throws Exception {
        add("direct:call", uri(""));

        assertThat(send(WORD, null).getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(span().getName()).isEqualTo("patients");
        exporter.reset();

        assertThat(send(List.of(WORD), null).getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(span().getName()).isEqualTo("patients");
        assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void given_a_list_of_two_pages_when_listed_then_its_span_counts_the_requests() throws Exception {
        clinicea.servePatients("[" + RECORD + "]");
        add("direct:call", uri("&firstPage=0&pageSize=1"));

        assertThat(send("list", null).getException()).isNull();

        assertThat(span().getName()).isEqualTo("patients list");
        assertThat(attribute(span(), "clinicea.attempts"))
                .isEqualTo(
                        Integer.toString(clinicea.server().getAllServeEvents().size()));
    }

    @Test
    void given_rows_when_emitted_then_their_spans_say_what_they_are() throws Exception {
        clinicea.servePatients("[" + RECORD + "]");
        add(uri(""), "mock:end");

        await().atMost(PATIENCE).until(() -> !exporter.getFinishedSpanItems().isEmpty());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(span().getName()).isEqualTo("patients changes"));
        assertThat(attribute(span(), "clinicea.resource")).isEqualTo("patients");
        assertThat(attribute(span(), "clinicea.operation")).isEqualTo("changes");
        assertThat(attribute(span(), "clinicea.status")).isEqualTo("Added");
        assertThat(attribute(span(), "clinicea.attempts")).isEqualTo("1");
    }

    @Test
    void given_a_route_that_fails_when_a_row_is_emitted_then_its_span_has_the_class_and_not_the_message()
            throws Exception {
        clinicea.servePatients("[" + RECORD + "]");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri("&maxRetries=0")).routeId("route").process(exchange -> {
                    throw new IllegalStateException(exchange.getMessage().getBody(String.class));
                });
            }
        });
        camel.start();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(span().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
        assertThat(attribute(span(), "error.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(span().getEvents()).isEmpty();
    }

    @Test
    void given_a_row_that_is_written_back_when_emitted_then_both_spans_have_their_own_attributes() throws Exception {
        serve(json("{\"PatientID\":\"p1\"}"));
        clinicea.servePatients("[" + RECORD + "]");
        clinicea.server().stubFor(any(urlPathMatching("/api/v3/.*")).willReturn(json("{\"PatientID\":\"p1\"}")));
        add(uri(""), uri("&operation=get"));

        await().atMost(PATIENCE).until(() -> exporter.getFinishedSpanItems().size() >= 2);

        assertThat(exporter.getFinishedSpanItems())
                .extracting(
                        SpanData::getName,
                        span -> attribute(span, "clinicea.operation"),
                        span -> attribute(span, "http.status_code"))
                .containsExactlyInAnyOrder(
                        tuple("patients get", "getPatientByID", "200"), tuple("patients changes", "changes", null));
    }
}
