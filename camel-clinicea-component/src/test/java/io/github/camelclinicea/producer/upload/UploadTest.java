/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.upload;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.camelclinicea.testing.StubClinicea.answer;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.sun.management.ThreadMXBean;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import io.github.camelclinicea.CliniceaUploadException;
import io.github.camelclinicea.producer.ProducerTestBase;
import io.github.camelclinicea.testing.BlobHost;
import io.github.camelclinicea.testing.Certificates;
import io.github.camelclinicea.testing.StubClinicea;
import io.github.camelclinicea.testing.TlsServer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests an upload: the request for the place, the registration, the content, and the state after a failure at each
 * step.
 */
class UploadTest extends ProducerTestBase {
    private static final String GET_FOLDER = "/api/v3/documents/getFolder";
    private static final String CREATE = "/api/v3/documents/createDocumentDetails";
    private static final String SIGNATURE = "sv=2020-08-04&sig=a%2Fb%3D";
    private static final Map<String, Object> ARGUMENTS = Map.of("patientID", "p1", "docName", "Referral.pdf");
    /** Its length identifies its temporary file among those of other processes. */
    private static final byte[] CONTENT =
            content(1_000_000 + (int) (ProcessHandle.current().pid() % 1_000_000));

    @TempDir
    private Path dir;

    private BlobHost blobs;

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        return content;
    }

    @BeforeEach
    void serve() throws IOException {
        blobs = new BlobHost();
        serveFolder(folder(blobs.url(), "docs", SIGNATURE));
        serveName("d1/Referral 1.pdf");
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    private static String folder(String uri, String container, String signature) {
        return "{\"AccountSAS\":\"" + signature + "\",\"ContainerName\":\"" + container + "\",\"BlobURI\":\"" + uri
                + "\"}";
    }

    private void serveFolder(String answer) {
        clinicea.server().stubFor(get(urlPathEqualTo(GET_FOLDER)).willReturn(json(answer)));
    }

    private void serveName(String onlineName) {
        serveRegistration(json("{\"ID\":\"d1\",\"DocumentOnlineName\":\"" + onlineName + "\",\"SavingErrorCode\":0}"));
    }

    private void serveRegistration(ResponseDefinitionBuilder answer) {
        clinicea.server().stubFor(post(urlPathEqualTo(CREATE)).willReturn(answer));
    }

    private Exchange upload(Object body, String options) {
        return call("documents", "operation=upload&maxRetryWait=10" + options)
                .withHeader(CliniceaConstants.PARAMETERS, ARGUMENTS)
                .withBody(body)
                .send();
    }

    private int registrations() {
        return clinicea.server()
                .findAll(postRequestedFor(urlPathEqualTo(CREATE)))
                .size();
    }

    private static void assertLeftBehind(Exchange out, boolean maybeStored) {
        assertThat(out.getException())
                .isInstanceOf(CliniceaUploadException.class)
                .hasMessageContaining("d1")
                .hasMessageContaining("operation=delete")
                .hasMessageContaining(maybeStored ? "not known whether" : "its content was not stored");
        CliniceaUploadException e = out.getException(CliniceaUploadException.class);
        assertThat(e.getDocumentId()).isEqualTo("d1");
        assertThat(e.isMaybeDone()).isEqualTo(maybeStored);
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.getOperation()).isEqualTo("upload");
    }

    private List<Object> bodies() throws IOException {
        Path file = Files.write(dir.resolve("Referral.pdf"), CONTENT);
        GenericFile<File> wrapped = new GenericFile<>();
        wrapped.setFile(file.toFile());
        GenericFile<Object> remote = new GenericFile<>();
        remote.setFile("a file on another machine");
        remote.setBody(CONTENT);
        CachedOutputStream spooled = new CachedOutputStream(spoolingExchange(), false);
        spooled.write(CONTENT);
        return List.of(
                CONTENT,
                file,
                file.toFile(),
                wrapped,
                remote,
                new ByteArrayInputStream(CONTENT),
                new InputStreamCache(CONTENT),
                spooled.newStreamCache());
    }

    /** Returns an exchange whose stream is cached encrypted, so that the file has another length than the content. */
    private Exchange spoolingExchange() {
        camel.getStreamCachingStrategy().setSpoolEnabled(true);
        camel.getStreamCachingStrategy().setSpoolThreshold(1);
        camel.getStreamCachingStrategy().setSpoolDirectory(dir.toFile());
        camel.getStreamCachingStrategy().setSpoolCipher("AES/CTR/NoPadding");
        return new DefaultExchange(camel);
    }

    @Test
    void given_content_of_any_kind_when_uploaded_then_it_is_there_byte_by_byte() throws IOException {
        List<Object> bodies = bodies();
        for (Object body : bodies) {
            Exchange out = upload(body, "");

            assertThat(out.getException()).as("%s", body.getClass()).isNull();
            assertThat(out.getMessage().getHeader(CliniceaConstants.RECORD_ID)).isEqualTo("d1");
            assertThat(out.getMessage().getHeader(CliniceaConstants.RESPONSE_CODE))
                    .isEqualTo(200);
            assertThat(out.getMessage().getBody())
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("ID", "d1");
        }
        assertThat(blobs.puts()).hasSameSizeAs(bodies).allSatisfy(put -> {
            assertThat(put.method()).isEqualTo("PUT");
            assertThat(put.target()).isEqualTo("/docs/d1/Referral%201.pdf?" + SIGNATURE);
            assertThat(put.headers())
                    .containsEntry("x-ms-blob-type", "BlockBlob")
                    .containsEntry("content-type", "application/octet-stream")
                    .containsEntry("content-length", Integer.toString(CONTENT.length))
                    .doesNotContainKeys("api", "api_key", "authorization", "transfer-encoding");
            assertThat(put.headers().toString()).doesNotContain(StubClinicea.API_KEY);
            assertThat(put.digest()).isEqualTo(BlobHost.digest(CONTENT));
        });
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("Grüße", "Grüße"),
                Arguments.of(new StringReader("Grüße"), "Grüße"),
                Arguments.of(new ReaderCache("Grüße"), "Grüße"),
                Arguments.of("", ""),
                Arguments.of(new byte[0], ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void given_text_or_nothing_when_uploaded_then_it_is_there_in_utf_8(Object body, String text) {
        Exchange out = upload(body, "");

        assertThat(out.getException()).isNull();
        assertThat(blobs.puts())
                .singleElement()
                .satisfies(put -> assertThat(put.digest()).isEqualTo(BlobHost.digest(text.getBytes(UTF_8))));
    }

    @Test
    void given_a_content_type_when_uploaded_then_it_is_kept_to_the_letter() {
        call("documents", "operation=upload")
                .withHeader(CliniceaConstants.PARAMETERS, ARGUMENTS)
                .withHeader(Exchange.CONTENT_TYPE, "Application/PDF; name=\"a b\"")
                .withBody(CONTENT)
                .send();

        assertThat(blobs.puts())
                .singleElement()
                .satisfies(put ->
                        assertThat(put.headers()).containsEntry("content-type", "Application/PDF; name=\"a b\""));
    }

    @Test
    void given_arguments_when_uploaded_then_they_register_the_document() {
        upload(CONTENT, "");

        assertThat(clinicea.server()
                        .findAll(postRequestedFor(urlPathEqualTo(CREATE))
                                .withQueryParam("patientID", equalTo("p1"))
                                .withQueryParam("docName", equalTo("Referral.pdf"))
                                .withQueryParam("docFKType", equalTo("1"))))
                .hasSize(1);
    }

    /** Returns a stream of the given length. */
    private static InputStream endless(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 7 : -1;
            }

            @Override
            public int read(byte[] buffer, int from, int count) {
                int now = (int) Math.min(left, count);
                left -= now;
                return now == 0 ? -1 : now;
            }
        };
    }

    @Test
    void given_a_stream_of_300_mb_when_uploaded_then_a_fraction_of_it_is_ever_in_memory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long length = 300L << 20;
        upload(CONTENT, "&synchronous=true");
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        Exchange out = upload(endless(length), "&synchronous=true");

        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(out.getException()).isNull();
        assertThat(blobs.puts().get(1).length()).isEqualTo(length);
        assertThat(allocated).isPositive().isLessThan(length / 10);
    }

    private static List<Path> spooled() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("clinicea-upload"))
                    .toList()) {
                if (Files.exists(file) && Files.size(file) == CONTENT.length) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 403})
    void given_a_stream_when_uploaded_or_not_then_its_temporary_file_is_gone(int status) {
        AtomicReference<List<Path>> meanwhile = new AtomicReference<>();
        blobs.answer((request, number) -> {
            meanwhile.set(spooled());
            BlobHost.status(request, status);
        });

        upload(new ByteArrayInputStream(CONTENT), "");

        assertThat(meanwhile.get()).isNotEmpty();
        assertThat(meanwhile.get()).noneMatch(Files::exists);
    }

    @ParameterizedTest
    @CsvSource({"503", "500", "429"})
    void given_a_store_that_fails_in_passing_when_uploaded_then_all_of_it_is_sent_again(int status) {
        blobs.answer(status, status, 201);

        Exchange out = upload(new ByteArrayInputStream(CONTENT), "");

        assertThat(out.getException()).isNull();
        assertThat(blobs.puts())
                .hasSize(3)
                .allSatisfy(put -> assertThat(put.digest()).isEqualTo(BlobHost.digest(CONTENT)));
        assertThat(registrations()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, false", "500, true", "502, true", "429, false"})
    void given_a_store_that_goes_on_failing_when_uploaded_then_what_is_left_behind_is_told(
            int status, boolean maybeStored) {
        blobs.answer(status);

        Exchange out = upload(CONTENT, "&maxRetries=2");

        assertLeftBehind(out, maybeStored);
        assertThat(out.getException(CliniceaException.class).getHttpResponseCode())
                .isEqualTo(status);
        assertThat(blobs.puts()).hasSize(3);
        assertThat(registrations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 400, 403, 404, 411})
    void given_a_store_that_does_not_take_it_when_uploaded_then_it_is_not_asked_again(int status) {
        blobs.answer(status);

        assertLeftBehind(upload(CONTENT, ""), false);
        assertThat(blobs.puts()).hasSize(1);
    }

    @Test
    void given_a_try_whose_answer_is_not_known_and_one_that_is_refused_when_uploaded_then_it_may_be_there() {
        blobs.answer(500, 403);

        assertLeftBehind(upload(CONTENT, ""), true);
    }

    static Stream<Arguments> redirects() {
        return Stream.of(301, 302, 303, 307, 308)
                .flatMap(status -> Stream.of(
                                "http://localhost:%d/docs/d1",
                                "http://127.0.0.1:%d/docs/d1",
                                "http://[::1]:%d/docs/d1",
                                "//localhost:%d/docs/d1",
                                "https://localhost:%d/docs/d1",
                                "/other/d1")
                        .map(location -> Arguments.of(status, location)));
    }

    @ParameterizedTest
    @MethodSource("redirects")
    void given_a_redirect_when_uploaded_then_it_is_not_followed_and_not_quoted(int status, String location)
            throws IOException {
        try (BlobHost other = new BlobHost()) {
            blobs.answer((request, number) -> {
                request.getResponseHeaders()
                        .add("Location", String.format(location, other.port()) + "?sig=of-the-redirect");
                BlobHost.status(request, status);
            });

            Exchange out = upload(CONTENT, "&blobHosts=localhost");

            assertLeftBehind(out, false);
            assertThat(out.getException())
                    .hasMessageContaining("a redirect is not followed")
                    .hasStackTraceContaining("responded with " + status)
                    .matches(e -> !stackTrace(e).contains("of-the-redirect"));
            assertThat(other.puts()).isEmpty();
            assertThat(blobs.puts()).hasSize(1);
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** The user's component may follow redirects for other endpoints. */
    @Test
    void given_an_own_httpComponent_that_follows_redirects_when_uploaded_then_it_does_not_follow_one()
            throws IOException {
        HttpComponent own = new HttpComponent();
        own.setCamelContext(camel);
        own.setFollowRedirects(true);
        own.setHttpClientConfigurer(builder -> builder.setRedirectStrategy(DefaultRedirectStrategy.INSTANCE));
        camel.getRegistry().bind("own", own);
        try (BlobHost other = new BlobHost()) {
            blobs.answer((request, number) -> {
                request.getResponseHeaders().add("Location", other.url() + "/docs/d1");
                BlobHost.status(request, 307);
            });

            assertLeftBehind(upload(CONTENT, "&httpComponent=#own"), false);
            assertThat(other.puts()).isEmpty();
        }
    }

    @Test
    void given_a_store_that_breaks_the_connection_when_uploaded_then_it_is_tried_again_and_may_be_there() {
        blobs.answer((request, number) -> request.close());

        Exchange out = upload(CONTENT, "&maxRetries=1");

        assertLeftBehind(out, true);
        assertThat(blobs.puts()).hasSize(2);
    }

    @Test
    void given_a_store_that_cannot_be_reached_when_uploaded_then_it_is_not_there() {
        blobs.close();

        assertLeftBehind(upload(CONTENT, "&maxRetries=1"), false);
    }

    @Test
    void given_a_store_that_does_not_come_to_an_end_when_uploaded_then_uploadTimeout_ends_it() {
        blobs.answer((request, number) -> Thread.sleep(60_000));

        Exchange out = upload(CONTENT, "&maxRetries=0&uploadTimeout=700");

        assertLeftBehind(out, true);
        assertThat(out.getException()).hasMessageContaining("uploadTimeout");
    }

    @Test
    void given_a_store_that_takes_longer_than_requestTimeout_when_uploaded_then_it_is_waited_for() {
        blobs.answer((request, number) -> {
            Thread.sleep(4_000);
            BlobHost.status(request, 201);
        });

        Exchange out = upload(CONTENT, "&maxRetries=0&requestTimeout=3s");

        assertThat(out.getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "shorter", "longer"})
    void given_a_file_that_changes_before_it_is_sent_again_when_uploaded_then_it_is_not_taken_for_whole(String change)
            throws IOException {
        Path file = Files.write(dir.resolve("Of Testa Example.pdf"), CONTENT);
        blobs.answer((request, number) -> {
            switch (change) {
                case "delete" -> Files.delete(file);
                case "shorter" -> Files.write(file, content(1000));
                default -> Files.write(file, content(CONTENT.length + 1));
            }
            BlobHost.status(request, number == 1 ? 503 : 201);
        });

        Exchange out = upload(file, "&responseTimeout=3000");

        assertLeftBehind(out, false);
        assertThat(out.getException()).hasMessageNotContaining("Testa").hasMessageContaining("content");
        assertThat(blobs.puts().stream().filter(put -> put.length() == CONTENT.length))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../x",
                "a/../../x",
                "a/./x",
                "/x",
                "x/",
                "",
                "..\\\\x",
                "x?comp=block",
                "x#y",
                "x\\u0000",
                "x\\r\\ny"
            })
    void given_a_name_that_might_lead_out_of_the_container_when_uploaded_then_nothing_is_sent_there(String name) {
        serveName(name);

        assertLeftBehind(upload(CONTENT, ""), false);
        assertThat(blobs.puts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "50% off & more;+.pdf, /docs/50%25%20off%20%26%20more%3B%2B.pdf",
        "%2e%2e/x, /docs/%252e%252e/x",
        "Grüße.pdf, /docs/Gr%C3%BC%C3%9Fe.pdf",
    })
    void given_a_name_of_odd_characters_when_uploaded_then_it_stays_one_name(String name, String path) {
        serveName(name);

        upload(CONTENT, "");

        assertThat(blobs.puts())
                .singleElement()
                .satisfies(put -> assertThat(put.target()).isEqualTo(path + "?" + SIGNATURE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                http://blobs.example           | docs    | sig=x        | plain http to another machine (blobs.example)
                https://user:pw@localhost      | docs    | sig=x        | user information
                https://localhost/?x=1         | docs    | sig=x        | a query
                https://localhost/#x           | docs    | sig=x        | fragment
                https://localhost/a/../b       | docs    | sig=x        | dots
                https://localhost/a/%2E%2e     | docs    | sig=x        | dots
                ftp://localhost                | docs    | sig=x        | must be an http or https URL
                file:///etc/passwd             | docs    | sig=x        | must be an http or https URL
                localhost                      | docs    | sig=x        | must be an http or https URL
                ''                             | docs    | sig=x        | must be an http or https URL
                https://localhost/ x           | docs    | sig=x        | not a URL
                https://localhost              | ..      | sig=x        | ContainerName
                https://localhost              | ''      | sig=x        | ContainerName
                https://localhost              | a?b     | sig=x        | ContainerName
                https://localhost              | docs    | ''           | AccountSAS
                https://localhost              | docs    | ?            | AccountSAS
                https://localhost              | docs    | sig=x#y      | AccountSAS
                https://localhost              | docs    | sig=x y      | AccountSAS
                https://localhost              | docs    | sig=x%zz     | AccountSAS
                https://localhost              | docs    | sig=x%       | AccountSAS
                https://localhost:99999        | docs    | sig=x        | BlobURI
                https://localhost:0            | docs    | sig=x        | BlobURI
                https://blobs.example          | docs    | sig=x        | blobHosts
                https://10.0.0.1               | docs    | sig=x        | the host 10.0.0.1
                https://blob.core.windows.net.evil.example | docs | sig=x | blobHosts
                https://blob.core.windows.net  | docs    | sig=x        | blobHosts
                """)
    void given_a_folder_that_nothing_may_be_sent_to_when_uploaded_then_no_document_is_registered(
            String uri, String container, String signature, String reason) {
        serveFolder(folder(uri, container, signature));

        Exchange out = upload(CONTENT, "");

        assertThat(out.getException())
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("No document was registered")
                .hasMessageNotContaining("pw")
                .hasMessageNotContaining("sig=");
        assertThat(registrations()).isZero();
    }

    @Test
    void given_blob_hosts_when_the_folder_is_on_another_one_then_no_document_is_registered() {
        Exchange out = upload(CONTENT, "&blobHosts=*.store.example,store.example");

        assertThat(out.getException())
                .hasMessageContaining("localhost")
                .hasMessageContaining("[*.store.example, store.example]");
        assertThat(registrations()).isZero();
        assertThat(upload(CONTENT, "&blobHosts=store.example, LOCALHOST").getException())
                .isNull();
    }

    @Test
    void given_a_signature_with_its_question_mark_and_a_list_of_one_folder_when_uploaded_then_it_is_there() {
        serveFolder("[" + folder(blobs.url() + "/", "docs", "?" + SIGNATURE) + "]");

        assertThat(upload(CONTENT, "").getException()).isNull();
        assertThat(blobs.puts())
                .singleElement()
                .satisfies(put -> assertThat(put.target()).isEqualTo("/docs/d1/Referral%201.pdf?" + SIGNATURE));
    }

    @Test
    void given_no_folder_when_uploaded_then_no_document_is_registered() {
        clinicea.server().stubFor(get(urlPathEqualTo(GET_FOLDER)).willReturn(answer(500)));

        Exchange out = upload(CONTENT, "&maxRetries=1");

        assertThat(out.getException()).isExactlyInstanceOf(CliniceaException.class);
        assertThat(clinicea.requests(GET_FOLDER)).hasSize(2);
        assertThat(registrations()).isZero();
    }

    @Test
    void given_a_registration_whose_answer_is_lost_when_uploaded_then_it_is_unknown_and_nothing_is_sent_twice() {
        serveRegistration(aResponse().withFault(Fault.EMPTY_RESPONSE));

        Exchange out = upload(CONTENT, "");

        assertThat(out.getException()).isInstanceOf(CliniceaOutcomeUnknownException.class);
        assertThat(out.getException(CliniceaOutcomeUnknownException.class).getLookUp())
                .isEqualTo("listByPatient");
        assertThat(registrations()).isEqualTo(1);
        assertThat(blobs.puts()).isEmpty();
    }

    @Test
    void given_a_registration_that_saved_nothing_when_uploaded_then_no_content_is_sent() {
        serveRegistration(json("{\"ID\":null,\"SavingErrorCode\":1001}"));

        Exchange out = upload(CONTENT, "");

        assertThat(out.getException())
                .isExactlyInstanceOf(CliniceaException.class)
                .hasMessageContaining("1001");
        assertThat(blobs.puts()).isEmpty();
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no byte of Testa Example");
            }
        };
    }

    static Stream<Object> noContent() {
        return Stream.of(broken(), new File("/no/such/Testa"), Path.of("/"), Map.of("docName", "Testa"), 7);
    }

    @ParameterizedTest
    @MethodSource("noContent")
    void given_a_body_that_is_no_content_when_uploaded_then_nothing_is_sent(Object body) {
        Exchange out = upload(body, "");

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body")
                .hasMessageNotContaining("Testa")
                .hasNoCause();
        assertNothingSent();
    }

    @Test
    void given_no_body_or_no_name_when_uploaded_then_nothing_is_sent() {
        assertThat(upload(null, "").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body");
        assertThat(call("documents", "operation=upload")
                        .withHeader(CliniceaConstants.PARAMETERS, Map.of("patientID", "p1"))
                        .withBody("{\"docName\":\"x\"}")
                        .send()
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'docName': put it into the Map of the header CamelCliniceaParameters");
        assertNothingSent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain\r\nx: y", "text/\u0007plain", "text/pl\u00e4in", "\u007f", "\n", " ", ""})
    void given_a_type_that_is_no_value_of_a_header_when_uploaded_then_nothing_is_sent(String type) {
        Exchange out = call("documents", "operation=upload")
                .withHeader(CliniceaConstants.PARAMETERS, ARGUMENTS)
                .withHeader(Exchange.CONTENT_TYPE, type)
                .withBody(CONTENT)
                .send();

        assertThat(out.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Content-Type");
        assertNothingSent();
    }

    @Test
    void given_a_staff_login_when_uploaded_then_its_token_does_not_go_to_the_store() {
        clinicea.server()
                .stubFor(get(urlPathEqualTo("/api/v2/login/getTokenByStaffUsernamePwd"))
                        .willReturn(json("\"token-of-the-staff\"")));

        Exchange out = camel.createFluentProducerTemplate()
                .to("clinicea:documents?operation=upload&username=u&password=p&baseUrl=" + clinicea.baseUrl())
                .withHeader(CliniceaConstants.PARAMETERS, ARGUMENTS)
                .withBody(CONTENT)
                .send();

        assertThat(out.getException()).isNull();
        assertThat(clinicea.server().findAll(anyRequestedFor(anyUrl())))
                .anyMatch(request -> request.getUrl().contains("token-of-the-staff"));
        assertThat(blobs.puts().toString()).contains(SIGNATURE).doesNotContain("token-of-the-staff");
    }

    @Test
    void given_a_login_of_the_users_own_httpComponent_when_the_store_asks_for_one_then_it_is_not_shown() {
        HttpComponent own = new HttpComponent();
        own.setCamelContext(camel);
        camel.getRegistry().bind("own", own);
        own.setHttpClientConfigurer(builder -> builder.setDefaultCredentialsProvider(
                (scope, context) -> new UsernamePasswordCredentials("user", "secret".toCharArray())));
        blobs.answer((request, number) -> {
            request.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"blobs\"");
            BlobHost.status(request, 401);
        });

        assertLeftBehind(upload(CONTENT, "&httpComponent=#bean:own"), false);
        assertThat(blobs.puts())
                .singleElement()
                .satisfies(put -> assertThat(put.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void given_a_store_whose_certificate_is_not_trusted_when_uploaded_then_nothing_is_sent_there() throws IOException {
        try (TlsServer store = new TlsServer(Certificates.SERVER, false)) {
            serveFolder(folder(store.baseUrl(), "docs", SIGNATURE));

            Exchange out = upload(CONTENT, "");

            assertLeftBehind(out, false);
            assertThat(out.getException()).hasMessageContaining("certificate");
            assertThat(store.requests()).isEmpty();
        }
    }

    @Test
    void given_a_store_behind_tls_when_uploaded_then_it_is_reached_as_sslContextParameters_says() throws IOException {
        camel.getRegistry().bind("tls", Certificates.trusting(Certificates.CA));
        try (TlsServer store = new TlsServer(Certificates.SERVER, false)) {
            store.serve(GET_FOLDER, folder(store.baseUrl(), "docs", SIGNATURE));
            store.serve(CREATE, "{\"ID\":\"d1\",\"DocumentOnlineName\":\"d1.pdf\"}");

            Exchange out = callAt(store.baseUrl(), "documents", "operation=upload&sslContextParameters=#tls")
                    .withHeader(CliniceaConstants.PARAMETERS, ARGUMENTS)
                    .withBody(CONTENT)
                    .send();

            assertThat(out.getException()).isNull();
            assertThat(store.requests()).endsWith("PUT /docs/d1.pdf?" + SIGNATURE);
        }
    }
}
