/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import static io.github.camelclinicea.secrets.CanaryWatch.HEADERS;
import static io.github.camelclinicea.secrets.CanaryWatch.WIRE;
import static io.github.camelclinicea.secrets.CanaryWatch.WORD;
import static io.github.camelclinicea.testing.StubClinicea.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.testing.BlobHost;
import io.github.camelclinicea.testing.WatchedClinic;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that an upload never shows the signature, a name, the content or the name of its file, for a failure at each
 * step.
 */
class UploadSecretsTest {
    private static final String FOLDER = "/api/v3/documents/getFolder";
    private static final String CREATE = "/api/v3/documents/createDocumentDetails";

    private final CanaryWatch watch = new CanaryWatch(Level.TRACE, Set.of(HEADERS, WIRE));
    private final WatchedClinic clinic = new WatchedClinic();
    private final WatchedContext context = new WatchedContext(watch);
    private BlobHost blobs;
    private int failures;

    @TempDir
    private Path dir;

    @BeforeEach
    void serve() throws IOException {
        blobs = new BlobHost();
        serveFolder(blobs.url(), "docs");
        serveName("d1/" + WORD + ".pdf");
    }

    @AfterEach
    void close() {
        context.close();
        clinic.close();
        watch.close();
        blobs.close();
    }

    private void serveFolder(String uri, String container) {
        clinic.serve(
                FOLDER,
                json("{\"AccountSAS\":\"sig=" + WORD + "\",\"ContainerName\":\"" + container + "\",\"BlobURI\":\"" + uri
                        + "\"}"));
    }

    private void serveName(String name) {
        clinic.serve(
                CREATE,
                json("{\"ID\":\"d1\",\"DocumentOnlineName\":\"" + name + "\",\"DocumentName\":\"" + WORD + "\"}"));
    }

    private void start(Who who) throws Exception {
        String credentials = who.logIn(context.camel(), clinic);
        context.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload")
                        .to("clinicea:documents?operation=upload&responseTimeout=20s&requestTimeout=20s" + credentials)
                        .process(context::look);
            }
        });
        context.camel().start();
    }

    private void send(Object body) {
        Exchange out = context.camel()
                .createFluentProducerTemplate()
                .to("direct:upload")
                .withHeader(
                        CliniceaConstants.PARAMETERS, Map.of("patientID", "p" + WORD, "docName", WORD, "docCatg", WORD))
                .withBody(body)
                .send();
        context.look(out);
        failures += out.isFailed() ? 1 : 0;
    }

    private List<Object> bodies() throws IOException {
        byte[] content = ("Dear " + WORD).getBytes(UTF_8);
        return List.of(
                content,
                new ByteArrayInputStream(content),
                Files.write(dir.resolve(WORD + ".txt"), content).toFile());
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void given_any_end_of_an_upload_when_looked_at_then_nothing_is_seen(Who who) throws Exception {
        start(who);
        for (int status : new int[] {201, 200, 307, 403, 500, 503}) {
            blobs.answer((request, number) -> {
                request.getResponseHeaders().add("Location", "https://" + WORD + ".example/");
                BlobHost.status(request, status);
            });
            bodies().forEach(this::send);
        }
        blobs.answer((request, number) -> request.close());
        bodies().forEach(this::send);
        blobs.answer((request, number) -> Files.deleteIfExists(dir.resolve(WORD + ".txt")));
        bodies().forEach(this::send);
        send(new File("/no/such/" + WORD));
        serveName("../" + WORD);
        bodies().forEach(this::send);
        for (String uri : List.of("https://u:" + WORD + "@localhost", "https://localhost/?" + WORD, "ftp://" + WORD)) {
            serveFolder(uri, "docs");
            send("x");
        }
        serveFolder(blobs.url(), "../" + WORD);
        send("x");

        assertThat(failures).isEqualTo(9 * 3 - 3 + 1 + 3 + 1);
        assertThat(blobs.puts()).anyMatch(put -> put.target().equals("/docs/d1/" + WORD + ".pdf?sig=" + WORD));
        clinic.assertShownBy(who);
        context.assertNothingSeen(HEADERS, WIRE);
    }
}
