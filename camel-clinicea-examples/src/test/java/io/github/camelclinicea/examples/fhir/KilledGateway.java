/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclinicea.examples.process.ApplicationProcess;
import io.github.camelclinicea.sandbox.Clinic;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Kills the application while records change, and compares clinic and server in the end. */
final class KilledGateway {
    private static final List<String> LISTS = List.of("patients", "appointments", "visits", "bills");

    private static final Pattern EXCLUDED = Pattern.compile(
            "(hapi-fhir-structures-|org[.]hl7[.]fhir[.])(dstu|hl7org|r4b|r5)|hapi-fhir-(server|validation)|jena-|tomcat");

    private final Random random;
    private final Clinic clinic;
    private final Map<String, String> properties;
    private final Path output;
    private final FhirServer fhir;

    private KilledGateway(Random random, CliniceaSandbox clinicea, FhirServer fhir, Path folder) {
        this.random = random;
        this.clinic = clinicea.clinic();
        this.fhir = fhir;
        this.output = folder.resolve("output.txt");
        this.properties = Map.of(
                "clinicea.api-key",
                clinicea.apiKey(),
                "camel.component.clinicea.base-url",
                clinicea.baseUrl(),
                "clinic.zone",
                "Asia/Kolkata",
                "clinic.delay",
                "200",
                "fhir.server-url",
                fhir.url(),
                "fhir.retry",
                "0",
                "fhir.state",
                "jdbc:h2:" + folder.resolve("state") + ";WRITE_DELAY=0");
    }

    /** Runs one process after another, and kills each but the last one in the middle of its work. */
    static void run(int kills, Path folder) throws Exception {
        long seed = Long.getLong("fhir.seed", ThreadLocalRandom.current().nextLong());
        try (CliniceaSandbox clinicea = CliniceaSandbox.builder()
                        .seed(seed)
                        .patients(15)
                        .appointments(20)
                        .bills(10)
                        .start();
                FhirServer fhir = new FhirServer(folder)) {
            new KilledGateway(new Random(seed), clinicea, fhir, folder).run(kills);
        } catch (Exception | AssertionError e) {
            String log = Files.readString(folder.resolve("output.txt"));
            throw new AssertionError(
                    "-Dfhir.seed=" + seed + "\n" + log.substring(Math.max(0, log.length() - 5_000)), e);
        }
    }

    private void run(int kills) throws Exception {
        int requests = 0;
        for (int kill = 0; kill < kills; kill++) {
            try (ApplicationProcess process = start()) {
                int more = requests + 1 + random.nextInt(40);
                await().atMost(Duration.ofMinutes(3)).until(() -> {
                    if (random.nextInt(3) == 0) {
                        changeSome();
                    }
                    assertThat(process.isAlive()).as(output.toString()).isTrue();
                    return fhir.requests().size() >= more;
                });
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50)));
                process.kill();
                requests = fhir.requests().size();
            }
        }
        changeSome();
        try (ApplicationProcess process = start()) {
            await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> ClinicInFhir.assertEqual(clinic, fhir));
            process.stop();
        }
        // Names of all patients, and the key.
        assertThat(Files.readString(output))
                .doesNotContain("Sandbox-0")
                .doesNotContain(properties.get("clinicea.api-key"));
    }

    /** Starts the application without the jars that the pom excludes, which only the validator and the server need. */
    private ApplicationProcess start() throws IOException {
        return ApplicationProcess.start(
                FhirApplication.class,
                output,
                properties,
                jar -> !EXCLUDED.matcher(jar).find());
    }

    private void changeSome() {
        for (String list : LISTS) {
            List<String> ids = clinic.ids(list);
            String id = ids.get(random.nextInt(ids.size()));
            switch (ids.size() < 5 ? 0 : random.nextInt(4)) {
                case 0 -> clinic.add(list);
                case 1 -> clinic.delete(list, id);
                case 2 -> {
                    clinic.change(list, id);
                    clinic.delete(list, id);
                }
                default -> clinic.change(list, id, Map.of("City", "City " + random.nextInt(1000)));
            }
        }
    }
}
