/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.secrets.CanaryWatch.WORD;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.WatchedClinic.page;
import static io.github.camelclinicea.testing.WatchedClinic.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.WatchedClinic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests secrets in the endpoint URI, as most routes have them. Up to DEBUG, none is visible. At TRACE, Camel prints the
 * URI before it calls the component, and no component can prevent that.
 */
class UriSecretsTest {
    private static final String KEY = "apiKey=key" + WORD;
    private static final String KEY_IN_QUERY = KEY + "&apiKeyParameter=api_key";
    private static final String STAFF = "username=user" + WORD + "&password=RAW(pass+" + WORD + "&%)";

    private final CanaryWatch watch = new CanaryWatch(Level.DEBUG, Set.of(HEADERS, WIRE));
    private final WatchedClinic clinic = new WatchedClinic();
    private final WatchedContext context = new WatchedContext(watch);
    private final DefaultCamelContext camel = context.camel();

    @AfterEach
    void close() {
        context.close();
        clinic.close();
        watch.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY_IN_QUERY, STAFF})
    void given_secrets_in_the_uri_when_polled_and_called_then_nothing_is_seen(String credentials) throws Exception {
        String options = "?" + credentials + "&maxRetries=0&baseUrl=" + clinic.baseUrl();
        clinic.serveAll(json("[" + row("p1") + "]"));
        clinic.serve("/few", json(page(0, 3)));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String poll = "clinicea:patients" + options + "&path=/few&delay=100&initialDelay=0&syncId=";
                from(poll + "well").routeId("well").process(context::look);
                from(poll + "failing").routeId("failing").process(context::look).process(exchange -> {
                    throw new IllegalStateException("the route is broken");
                });
                from("direct:get")
                        .to("clinicea:patients" + options + "&operation=get")
                        .process(context::look);
            }
        });
        camel.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> clinic.clinicea().requests("/few").size() > 6);

        context.look(get().withHeader(CliniceaConstants.RECORD_ID, "p1").send());
        context.look(get().send());

        context.assertNothingSeen(HEADERS, WIRE);
    }

    private FluentProducerTemplate get() {
        return camel.createFluentProducerTemplate().to("direct:get");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clinicea:patients?syncFrom=yesterday",
                "clinicea:patients?pagesInFlight=many",
                "clinicea:patients?pagesInFlght=2",
                "clinicea:patients?idempotentRepository=#nowhere",
                "clinicea:patients?bodyType=no.such.Type",
                "clinicea:patients?baseUrl=ftp://clinic.example",
                "clinicea:patients?overlap=-1",
                "clinicea:patients?timestampFormat=bogus",
                "clinicea:invoices?maxRetries=3",
                "clinicea:patients?path=x",
                "clinicea:patients?apiKey=two%20words%20C4narY",
            })
    void given_a_wrong_option_beside_secrets_when_resolved_then_they_are_not_in_the_failure(String uri) {
        camel.start();
        for (String credentials : List.of(KEY, STAFF)) {
            Throwable failure = catchThrowable(() -> camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri + "&" + credentials).to("log:rows");
                }
            }));
            assertThat(failure).isNotNull();
            watch.look("failure", failure);
        }
        assertThat(watch.hits()).isEmpty();
    }

    /** A route may have such a password. A mask must find its end. */
    @Test
    void given_a_password_with_a_parenthesis_when_written_in_braces_then_it_is_masked_whole() {
        camel.start();

        watch.look(
                "endpoint",
                camel.getEndpoint(
                        "clinicea:patients?username=u&password=RAW{a)" + WORD + "}&baseUrl=" + clinic.baseUrl()));

        assertThat(watch.hits()).isEmpty();
    }

    @Test
    void given_one_sync_in_two_routes_when_started_then_no_secret_is_in_the_failure() throws Exception {
        camel.getRegistry().bind("state", new MemoryIdempotentRepository());
        for (String delay : List.of("60000", "61000")) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("clinicea:patients?" + STAFF + "&idempotentRepository=#state&delay=" + delay + "&baseUrl="
                                    + clinic.baseUrl())
                            .process(context::look);
                }
            });
        }

        Throwable failure = catchThrowable(camel::start);

        assertThat(failure).hasMessageContaining("is in use").hasMessageContaining("xxxxxx");
        watch.look("failure", failure);
        assertThat(watch.hits()).isEmpty();
    }
}
