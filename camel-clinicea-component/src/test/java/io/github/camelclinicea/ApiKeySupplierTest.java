/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.PATIENCE;
import static io.github.camelclinicea.testing.StubClinicea.PATIENTS;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static io.github.camelclinicea.testing.StubClinicea.patients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelclinicea.consumer.CliniceaConsumer;
import io.github.camelclinicea.consumer.QuietExceptionHandler;
import io.github.camelclinicea.testing.BetweenPolls;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.Warnings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests keys that {@code apiKeySupplier} gives, and that it replaces while routes run. */
class ApiKeySupplierTest {
    private static final String LOGIN = "/api/v2/login/getTokenByStaffUsernamePwd";
    private static final String PATIENT = "/api/v3/patients/getPatientByID";

    private final StubClinicea clinicea = new StubClinicea();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final QuietExceptionHandler failures = new QuietExceptionHandler();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<String> keys = () -> "key-1";

    @BeforeEach
    void bind() {
        camel.getRegistry().bind("quiet", failures);
        camel.getRegistry().bind("keys", Supplier.class, (Supplier<String>) () -> {
            asked.incrementAndGet();
            return keys.get();
        });
        camel.getRegistry()
                .bind("state", MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>()));
    }

    @AfterEach
    void stop() {
        BetweenPolls.stop(camel);
        clinicea.close();
    }

    private void give(String key) {
        keys = () -> key;
    }

    private void add(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?baseUrl=" + clinicea.baseUrl() + "&initialDelay=0"
                                + (options.contains("delay=") ? "" : "&delay=20")
                                + "&idempotentRepository=#state&exceptionHandler=#quiet" + options)
                        .routeId("sync")
                        .process(e -> ids.add(e.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
            }
        });
    }

    private CliniceaConsumer consumer() {
        return (CliniceaConsumer) camel.getRoute("sync").getConsumer();
    }

    private void awaitCleanPolls(int more) {
        long polls = consumer().getCleanPolls() + more;
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() >= polls);
    }

    private Exchange get(String options) {
        return camel.createFluentProducerTemplate()
                .to("clinicea:patients?operation=get&baseUrl=" + clinicea.baseUrl() + options)
                .withHeader(CliniceaConstants.RECORD_ID, "p1")
                .send();
    }

    /** Returns the keys of all requests, oldest first. */
    private List<String> keysSent() {
        return clinicea.server().getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .map(ApiKeySupplierTest::key)
                .toList();
    }

    private static String key(Request request) {
        return request.getHeader("api_key");
    }

    // ---- a new key

    @Test
    void given_a_running_consumer_when_the_supplier_gives_another_key_then_later_polls_send_that_one_only()
            throws Exception {
        clinicea.servePatients(patients(0, 3));
        add("&apiKeySupplier=#keys");
        camel.start();
        awaitCleanPolls(1);

        give("key-2");
        awaitCleanPolls(2);
        assertThat(failures.exceptions()).isEmpty();
        // A poll meanwhile may find no list.
        clinicea.servePatients(patients(0, 5));
        awaitCleanPolls(2);

        assertThat(ids).containsExactly("p0", "p1", "p2", "p3", "p4");
        List<String> sent = keysSent();
        assertThat(sent).contains("key-1", "key-2");
        assertThat(sent.subList(sent.indexOf("key-2"), sent.size())).containsOnly("key-2");
    }

    @Test
    void given_a_running_consumer_when_it_polls_then_the_supplier_is_asked_once_a_poll() throws Exception {
        clinicea.servePatients(patients(0, 100), patients(100, 100), patients(200, 3));
        add("&apiKeySupplier=#keys&delay=60000");
        camel.start();
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() == 1);

        assertThat(asked).as("start and one poll").hasValue(2);
        consumer().pollNow();
        await().atMost(PATIENCE).until(() -> consumer().getCleanPolls() == 2);
        assertThat(asked).hasValue(3);
    }

    @Test
    void given_a_producer_when_the_supplier_gives_another_key_then_its_next_call_sends_it() {
        clinicea.server().stubFor(any(anyUrl()).willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();

        get("&apiKeySupplier=#keys");
        give("key-2");
        get("&apiKeySupplier=#keys");

        assertThat(keysSent()).containsExactly("key-1", "key-2");
    }

    @Test
    void given_a_retry_that_waits_when_another_call_gets_a_new_key_then_the_retry_sends_the_new_one_too()
            throws Exception {
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENT))
                        .withHeader("api_key", equalTo("key-1"))
                        .willReturn(answer(503).withHeader("Retry-After", "2")));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENT))
                        .withHeader("api_key", equalTo("key-2"))
                        .willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<Exchange> retried = caller.submit(() -> get("&apiKeySupplier=#keys"));
            await().atMost(PATIENCE).until(() -> keysSent().size() == 1);

            give("key-2");
            get("&apiKeySupplier=#keys");

            assertThat(retried.get(30, TimeUnit.SECONDS).getException()).isNull();
        } finally {
            caller.shutdownNow();
        }
        assertThat(keysSent()).containsExactly("key-1", "key-2", "key-2");
    }

    @Test
    void
            given_a_key_that_is_replaced_during_a_poll_when_it_is_refused_then_the_supplier_is_asked_again_and_the_poll_goes_on()
                    throws Exception {
        clinicea.servePatients(patients(0, 3));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENTS))
                        .atPriority(1)
                        .withHeader("api_key", equalTo("key-1"))
                        .willReturn(answer(401)));
        // Asked at the start and at the poll. After the refusal, there is another one.
        keys = () -> asked.get() <= 2 ? "key-1" : "key-2";
        add("&apiKeySupplier=#keys");
        camel.start();

        awaitCleanPolls(1);

        assertThat(ids).containsExactly("p0", "p1", "p2");
        assertThat(keysSent().subList(0, 2)).containsExactly("key-1", "key-2");
        assertThat(keysSent().stream().filter("key-1"::equals)).hasSize(1);
        assertThat(failures.exceptions()).isEmpty();
    }

    @Test
    void given_a_key_that_was_refused_when_the_supplier_gives_another_then_the_next_poll_sends_it() throws Exception {
        clinicea.servePatients(patients(0, 3));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENTS))
                        .atPriority(1)
                        .withHeader("api_key", equalTo("key-1"))
                        .willReturn(answer(401)));
        add("&apiKeySupplier=#keys");
        camel.start();
        await().atMost(PATIENCE).until(() -> failures.exceptions().size() >= 5);
        assertThat(keysSent()).containsExactly("key-1");

        give("key-2");

        awaitCleanPolls(1);
        assertThat(ids).hasSize(3);
    }

    @Test
    void given_a_staff_login_when_the_supplier_gives_another_key_then_the_next_login_sends_it() {
        clinicea.server().stubFor(any(urlPathEqualTo(LOGIN)).willReturn(json("\"a-token\"")));
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENT)).willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();
        String options = "&apiKeySupplier=#keys&username=doctor&password=RAW(pa55)";

        get(options);
        give("key-2");
        get(options);

        assertThat(clinicea.requests(LOGIN).stream()
                        .map(login -> login.queryParameter("apiKey").firstValue()))
                .containsExactly("key-1", "key-2");
    }

    private List<String> keysOfLogins() {
        return clinicea.requests(LOGIN).stream()
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .map(login -> login.queryParameter("apiKey").firstValue())
                .toList();
    }

    @Test
    void given_a_login_that_fails_for_now_when_the_supplier_gives_another_key_then_the_old_one_is_not_sent_again() {
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN))
                        .withQueryParam("apiKey", equalTo("key-1"))
                        .willReturn(answer(503)));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN))
                        .withQueryParam("apiKey", equalTo("key-2"))
                        .willReturn(json("\"a-token\"")));
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENT)).willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();
        keys = () -> clinicea.requests(LOGIN).isEmpty() ? "key-1" : "key-2";

        Exchange exchange = get("&apiKeySupplier=#keys&username=doctor&password=RAW(pa55)&maxRetryWait=50");

        assertThat(exchange.getException()).isNull();
        assertThat(keysOfLogins()).containsExactly("key-1", "key-2");
    }

    @Test
    void given_an_expired_token_when_the_supplier_gives_another_key_then_the_renewal_sends_that_one() {
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN))
                        .withQueryParam("apiKey", equalTo("key-1"))
                        .willReturn(json("\"token-1\"")));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(LOGIN))
                        .withQueryParam("apiKey", equalTo("key-2"))
                        .willReturn(json("\"token-2\"")));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENT))
                        .withQueryParam("api_key", equalTo("token-1"))
                        .willReturn(answer(401)));
        clinicea.server()
                .stubFor(any(urlPathEqualTo(PATIENT))
                        .withQueryParam("api_key", equalTo("token-2"))
                        .willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();
        keys = () -> clinicea.requests(PATIENT).isEmpty() ? "key-1" : "key-2";

        Exchange exchange = get("&apiKeySupplier=#keys&username=doctor&password=RAW(pa55)");

        assertThat(exchange.getException()).isNull();
        assertThat(keysOfLogins()).containsExactly("key-1", "key-2");
    }

    @Test
    void given_a_key_in_the_query_when_the_supplier_gives_another_then_the_query_has_that_one_and_no_header_has_any() {
        clinicea.server().stubFor(any(urlPathEqualTo(PATIENT)).willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();

        get("&apiKeySupplier=#keys&apiKeyParameter=api_key");
        give("key-2");
        get("&apiKeySupplier=#keys&apiKeyParameter=api_key");

        assertThat(clinicea.requests(PATIENT).stream()
                        .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                        .map(request -> request.queryParameter("api_key").firstValue()))
                .containsExactly("key-1", "key-2");
        assertThat(clinicea.requests(PATIENT)).allMatch(request -> key(request) == null);
    }

    @Test
    void given_a_fixed_key_at_another_endpoint_when_the_supplier_gives_the_same_then_both_share_one_rate()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        add("&apiKeySupplier=#keys&requestsPerSecond=500");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:bills?apiKey=key-2&initialDelay=60000&requestsPerSecond=900&baseUrl="
                                + clinicea.baseUrl())
                        .routeId("fixed")
                        .to("log:none?level=OFF");
            }
        });
        camel.start();
        assertThat(consumer().getRequestsPerSecond()).isEqualTo(500);

        give("key-2");
        awaitCleanPolls(2);

        CliniceaConsumer fixed = (CliniceaConsumer) camel.getRoute("fixed").getConsumer();
        assertThat(consumer().credentialName()).isEqualTo(fixed.credentialName());
        assertThat(fixed.getRequestsPerSecond()).isEqualTo(500);
        assertThat(camel.getComponent("clinicea", CliniceaComponent.class)
                        .connections()
                        .limiters())
                .hasSize(1);
    }

    @Test
    void given_a_restart_when_the_supplier_gives_another_key_then_nobody_is_warned_of_another_credential()
            throws Exception {
        clinicea.servePatients(patients(0, 1));
        add("&apiKeySupplier=#keys");
        camel.start();
        awaitCleanPolls(1);
        try (Warnings warnings = new Warnings("io.github.camelclinicea.sync.StateOwner")) {
            camel.getRouteController().stopRoute("sync");
            give("key-2");
            camel.getRouteController().startRoute("sync");
            awaitCleanPolls(1);

            assertThat(warnings.messages()).noneMatch(line -> line.contains("credential"));
        }
        assertThat(ids).containsExactly("p0");
    }

    // ---- no key

    static List<Supplier<String>> none() {
        List<Supplier<String>> none = new ArrayList<>();
        none.add(() -> {
            throw new IllegalStateException("vault token s3cret-of-the-vault");
        });
        none.add(() -> {
            throw new NoClassDefFoundError("s3cret-of-the-vault");
        });
        none.add(() -> null);
        none.add(() -> " ");
        none.add(() -> "s3cret-of-the-vault with blanks");
        none.add(() -> "{{s3cret-of-the-vault}}");
        none.add(() -> (String) (Object) List.of("s3cret-of-the-vault").get(0) + "\n");
        return none;
    }

    @Test
    void given_a_supplier_without_a_key_when_polled_then_the_poll_fails_nothing_is_sent_and_the_next_one_asks_again()
            throws Exception {
        clinicea.servePatients(patients(0, 3));
        List<Supplier<String>> none = none();
        keys = none.get(0);
        add("&apiKeySupplier=#keys");
        camel.start();
        for (Supplier<String> given : none) {
            keys = given;
            int failed = failures.exceptions().size() + 2;
            await().atMost(PATIENCE).until(() -> failures.exceptions().size() >= failed);
            assertThat(failures.exceptions().get(failed - 1))
                    .isInstanceOf(CliniceaException.class)
                    .hasMessageContaining("apiKeySupplier")
                    .hasMessageContaining("asks again")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }
        assertThat(clinicea.server().getAllServeEvents()).isEmpty();

        give("key-1");

        awaitCleanPolls(1);
        assertThat(ids).containsExactly("p0", "p1", "p2");
    }

    @Test
    void given_a_supplier_without_a_key_when_an_operation_is_called_then_it_fails_and_the_next_one_asks_again() {
        clinicea.server().stubFor(any(anyUrl()).willReturn(json("{\"PatientID\":\"p1\"}")));
        camel.start();
        give(null);

        Exchange failed = get("&apiKeySupplier=#keys");

        assertThat(failed.getException()).hasMessageContaining("apiKeySupplier gave no key, but null");
        give("key-1");
        assertThat(get("&apiKeySupplier=#keys").getException()).isNull();
        assertThat(keysSent()).containsExactly("key-1");
    }

    // ---- levels

    @ParameterizedTest
    @CsvSource({
        "fixed,    ,         ,      fixed",
        "     ,    #keys,    ,      key-1",
        "fixed,    ,         #keys, key-1",
        "     ,    #keys,    fixed, fixed"
    })
    void given_a_key_or_a_supplier_on_the_component_when_the_endpoint_has_one_then_that_one_is_sent(
            String key, String supplier, String atEndpoint, String sent) {
        clinicea.server().stubFor(any(anyUrl()).willReturn(json("{\"PatientID\":\"p1\"}")));
        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        component.getConfiguration().setApiKey(key);
        component.getConfiguration().setApiKeySupplier(supplier == null ? null : () -> keys.get());
        camel.start();

        get(atEndpoint == null ? "" : (atEndpoint.startsWith("#") ? "&apiKeySupplier=" : "&apiKey=") + atEndpoint);

        assertThat(keysSent()).containsExactly(sent);
    }

    @Test
    void given_both_on_one_level_when_an_endpoint_is_made_then_the_error_names_them() {
        String uri = "clinicea:patients?baseUrl=" + clinicea.baseUrl();
        camel.start();
        assertThat(catchThrowable(() -> camel.getEndpoint(uri + "&apiKey=key-1&apiKeySupplier=#keys")))
                .hasStackTraceContaining("apiKey and apiKeySupplier are both set");

        CliniceaComponent component = camel.getComponent("clinicea", CliniceaComponent.class);
        component.getConfiguration().setApiKey("key-1");
        component.getConfiguration().setApiKeySupplier(() -> "key-2");

        assertThat(catchThrowable(() -> camel.getEndpoint(uri)))
                .hasStackTraceContaining("apiKey and apiKeySupplier are both set");
    }
}
