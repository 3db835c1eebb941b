/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.hawtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.CliniceaSandboxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/**
 * Operates a sync in Hawtio as an operator does, in a real browser: finds the row that fails, and skips it. The
 * pictures of docs/how-to/on-call.md are made on the way.
 */
class HawtioTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of(Boolean.getBoolean("write.docs") ? "../docs/how-to" : "target");

    @RegisterExtension
    final CliniceaSandboxExtension clinicea =
            CliniceaSandboxExtension.with(CliniceaSandbox.builder().patients(250));

    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Main mirror = new Main();
}
