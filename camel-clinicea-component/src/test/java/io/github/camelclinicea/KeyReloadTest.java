/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.not;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.consumer.QuietExceptionHandler;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a reload of Camel's context, as the refresh of a vault does it, brings a new key to running routes. */
class KeyReloadTest {
    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final DefaultContextReloadStrategy reload = new DefaultContextReloadStrategy();
    private final Map<String, String> properties = new ConcurrentHashMap<>();
    private volatile String vault = "key-1";

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void start(String key) throws Exception {
        camel.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "test-vault";
            }

            @Override
            public String apply(String name) {
                return vault;
            }
        });
        camel.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "test";
            }

            @Override
            public String getProperty(String name) {
                return properties.get(name);
            }
        });
        properties.put("clinicea.api-key", "{{test-vault:clinicea}}");
        camel.addService(reload);
        camel.getRegistry().bind("quiet", failures);
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?baseUrl=" + clinicea.baseUrl() + "&initialDelay=0&delay=50"
                                + "&idempotentRepository=#state&exceptionHandler=#quiet" + key)
                        .routeId("sync")
                        .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
        serve("key-1", 2);
        camel.start();
        await().atMost(PATIENCE).until(() -> ids.size() == 2);
    }

    private void serve(String key, int rows) {
        clinicea.servePatients(patients(0, rows));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENTS))
                        .atPriority(1)
                        .withHeader("api_key", not(equalTo(key)))
                        .willReturn(answer(401)));
    }

    private void rotate() {
        serve("key-2", 4);
        vault = "key-2";
        await().atMost(PATIENCE).until(() -> !failures.exceptions().isEmpty());
        assertThat(ids).hasSize(2);
        clinicea.server().resetRequests();
    }

    private void assertNewKeyIsUsed() {
        await().atMost(PATIENCE).until(() -> ids.size() == 4);
        assertThat(reload.getLastError()).isNull();
        assertThat(ids).containsExactly("p0", "p1", "p2", "p3");
        assertThat(clinicea.requests(PATIENTS))
                .allSatisfy(request -> assertThat(request.getHeader("api_key")).isEqualTo("key-2"));
    }

    @Test
    void given_a_placeholder_at_the_endpoint_when_the_context_is_reloaded_then_the_consumer_sends_the_new_key()
            throws Exception {
        start("&apiKey={{clinicea.api-key}}");
        rotate();

        reload.onReload("test");

        assertNewKeyIsUsed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.clinicea.api-key",
                "camel.component.clinicea.apiKey",
                "camel.component.clinicea.configuration.api-key",
                "camel.component.clinicea.configuration.apiKey"
            })
    void given_a_property_of_the_component_when_the_context_is_reloaded_then_the_consumer_sends_the_new_key(
            String property) throws Exception {
        properties.put(property, "{{clinicea.api-key}}");
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setApiKey("key-1");
        start("");
        rotate();

        reload.onReload("test");

        assertNewKeyIsUsed();
    }

    @Test
    void given_a_key_that_code_set_when_the_context_is_reloaded_then_it_stays() throws Exception {
        properties.put("camel.component.clinicea.api-key", "another");
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setApiKey("key-1");
        start("");

        reload.onReload("test");

        clinicea.server().resetRequests();
        await().atMost(PATIENCE).until(() -> !clinicea.requests(PATIENTS).isEmpty());
        assertThat(clinicea.requests(PATIENTS).get(0).getHeader("api_key")).isEqualTo("key-1");
        assertThat(failures.exceptions()).isEmpty();
    }

    @Test
    void given_a_property_that_is_gone_when_the_context_is_reloaded_then_the_key_stays() throws Exception {
        properties.put("camel.component.clinicea.api-key", "{{clinicea.api-key}}");
        camel.getComponent("clinicea", CliniceaComponent.class)
                .getConfiguration()
                .setApiKey("key-1");
        start("");
        properties.clear();

        reload.onReload("test");

        clinicea.server().resetRequests();
        await().atMost(PATIENCE).until(() -> !clinicea.requests(PATIENTS).isEmpty());
        assertThat(clinicea.requests(PATIENTS).get(0).getHeader("api_key")).isEqualTo("key-1");
    }
}
