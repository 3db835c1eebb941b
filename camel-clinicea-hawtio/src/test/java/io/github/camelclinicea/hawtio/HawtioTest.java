/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.hawtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/**
 * Operates a sync in Hawtio as an operator does, in a real browser: looks at its attributes, finds the row that fails,
 * and skips it. Jolokia has the access file of docs/how-to/on-call.md. The pictures of that page are made on the way.
 */
class HawtioTest {
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of(Boolean.getBoolean("write.docs") ? "../docs/how-to" : "target");

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(250));

    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Main mirror = new Main();
    private String poison;
    private HawtioServer hawtio;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        assumeThat(Browser.isInstalled()).as("Chromium and its driver").isTrue();
        poison = clinicea.clinic().ids("patients").get(7);
        int port = freePort();
        Properties properties = new Properties();
        properties.setProperty("camel.main.name", "clinic-mirror");
        properties.setProperty("camel.management.enabled", "true");
        properties.setProperty("camel.management.host", "localhost");
        properties.setProperty("camel.management.port", "" + port);
        properties.setProperty("camel.management.jolokia-enabled", "true");
        properties.setProperty("camel.component.clinicea.configuration.api-key", clinicea.apiKey());
        properties.setProperty("camel.component.clinicea.configuration.base-url", clinicea.baseUrl());
        mirror.setInitialProperties(properties);
        mirror.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("clinicea:patients?delay=200&heldRowBackoff=1")
                        .routeId("patients")
                        .process(HawtioTest.this::save);
            }
        });
        mirror.start();
        hawtio = new HawtioServer(URI.create("http://localhost:" + port + "/observe/jolokia"));
        browser = new Browser();
        await().atMost(A_WHILE).until(() -> delivered.size() == 249 && attempts.get() > 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void save(Exchange exchange) {
        String id = exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
        if (id.equals(poison)) {
            attempts.incrementAndGet();
            throw new IllegalStateException("the name is too long");
        }
        delivered.add(id);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (hawtio != null) {
            hawtio.close();
        }
        mirror.stop();
    }

    @Test
    void given_a_row_that_always_fails_when_it_is_skipped_in_the_browser_then_it_is_not_emitted_again()
            throws Exception {
        browser.open(hawtio.url() + "jmx");
        browser.type(By.cssSelector("input[type=search]"), "CliniceaConsumer");
        browser.click(By.cssSelector("li[id*='MBeans-consumers-CliniceaConsumer'] button"));
        browser.awaitText(By.xpath("//tr[td='DeliveredRows']"), "249");
        browser.awaitText(By.xpath("//tr[td='FailedRows']"), "1");
        browser.scrollTo(By.xpath("//tr[td='EchoesDropped']"));
        browser.picture(PICTURES.resolve("on-call-attributes.png"));

        browser.click(By.xpath("//*[text()='Operations']"));
        execute("heldRows()");
        browser.awaitText(result("heldRows()"), poison);
        browser.awaitText(result("heldRows()"), "java.lang.IllegalStateException");
        browser.scrollTo(operation("heldRows()"));
        browser.picture(PICTURES.resolve("on-call-held-rows.png"));

        browser.click(toggle("skipRow(java.lang.String)"));
        browser.type(argument("skipRow(java.lang.String)"), poison);
        browser.click(executeButton("skipRow(java.lang.String)"));
        browser.awaitText(result("skipRow(java.lang.String)"), "1");
        browser.scrollTo(operation("skipRow(String)"));
        browser.picture(PICTURES.resolve("on-call-skip-row.png"));

        browser.click(executeButton("heldRows()"));
        browser.awaitText(result("heldRows()"), "{}");
        browser.click(By.xpath("//*[text()='Attributes']"));
        browser.awaitText(By.xpath("//tr[td='SkippedRows']"), "1");
        browser.awaitText(By.xpath("//tr[td='FailedRows']"), "0");
        assertNotEmittedAgain();
    }

    private void execute(String name) {
        browser.click(toggle(name));
        browser.click(executeButton(name));
    }

    private static By operation(String name) {
        return By.xpath("//li[.//b[text()='" + name + "']]");
    }

    private static By toggle(String name) {
        return By.cssSelector("button[aria-labelledby^='operation " + name + "']");
    }

    private static By argument(String name) {
        return By.cssSelector("section[id='operation-execute-" + name + "'] input");
    }

    private static By executeButton(String name) {
        return By.cssSelector("section[id='operation-execute-" + name + "'] button[type=submit]");
    }

    private static By result(String name) {
        return By.cssSelector("section[id='operation-result-" + name + "'] pre");
    }

    private void assertNotEmittedAgain() {
        int sofar = attempts.get();
        long requests = clinicea.sandbox().requests();
        await().atMost(A_WHILE).until(() -> clinicea.sandbox().requests() > requests + 10);
        assertThat(attempts).hasValue(sofar);
        assertThat(delivered).hasSize(249).doesNotContain(poison);
    }
}
