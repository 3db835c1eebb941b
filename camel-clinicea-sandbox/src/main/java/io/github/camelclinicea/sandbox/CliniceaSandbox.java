/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Resource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running sandbox: an invented {@link Clinic} behind a server on a loopback port, strict by the wire contract.
 *
 * <pre>{@code
 * try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
 *     // point the component at sandbox.baseUrl() with sandbox.apiKey(), and change sandbox.clinic()
 * }
 * }</pre>
 *
 * <p>Thread-safe. Once closed it serves nothing; the clinic can still be read.
 */
public final class CliniceaSandbox implements AutoCloseable {
    /**
     * The name of the WireMock transformer that lets the clinic answer. A stub of one's own that names it, with a delay,
     * gets the clinic's answer late: {@code aResponse().withTransformers(TRANSFORMER).withFixedDelay(500)}.
     */
    public static final String TRANSFORMER = "clinicea-sandbox";

    private static final String HOST = "localhost";
    private static final String STAFF_USER = "sandbox-staff";
    private static final String STAFF_PASSWORD = "sandbox-password";
    // After any stub a user may add: WireMock's own default is 5.
    private static final int LAST = 1_000_000;
    // Eight clients and Jetty's own threads, with some to spare.
    private static final int THREADS = 24;
    // Enough for a test to verify what was asked. The answers to so many pages would fill the memory, so they are cut.
    private static final int JOURNAL_REQUESTS = 1_000;
    private static final int JOURNAL_ANSWER_BYTES = 2_048;

    private final WireMockServer server;
    private final ServedByClinic served;
    private final Credentials credentials;
    private final BlobContainer blobs;
    private final Clinic clinic;
    private final String apiKey;
    private final long seed;
    private final String baseUrl;

    private CliniceaSandbox(Builder builder) {
        Seed grown = new Seed(builder.seed, builder.patients);
        List<Resource> resources = resources();
        AtomicReference<String> address = new AtomicReference<>();
        seed = builder.seed;
        apiKey = builder.apiKey != null
                ? builder.apiKey
                : "sandbox-key-" + grown.dice("key", 1).guid();
        clinic = new Clinic(
                new InventedHistory(grown, builder.clock.instant()).of(resources, builder.size()),
                grown,
                builder.clock);
        blobs = new BlobContainer(grown, address::get);
        credentials = new Credentials(apiKey, STAFF_USER, STAFF_PASSWORD, grown);
        served = new ServedByClinic(new ClinicRoutes(clinic, blobs).serve(resources, credentials), builder.clock);
        server = new WireMockServer(wireMockConfig()
                .bindAddress(HOST)
                .port(builder.port)
                .containerThreads(THREADS)
                .jettyAcceptors(1)
                .http2PlainDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.BODY_FILE)
                .gzipDisabled(true)
                .stubRequestLoggingDisabled(true)
                .maxRequestJournalEntries(JOURNAL_REQUESTS)
                .maxLoggedResponseSize(JOURNAL_ANSWER_BYTES)
                .extensions(served));
        server.stubFor(any(anyUrl()).atPriority(LAST).willReturn(aResponse().withTransformers(TRANSFORMER)));
        server.start();
        baseUrl = "http://" + HOST + ":" + server.port();
        address.set(baseUrl);
    }

    /**
     * Starts a small clinic on a random port.
     *
     * @return the running sandbox, to be closed
     */
    public static CliniceaSandbox start() {
        return builder().start();
    }

    /** @return the settings of a sandbox, all at their defaults */
    public static Builder builder() {
        return new Builder();
    }

    /** @return where the sandbox is, without a slash at the end */
    public String baseUrl() {
        return baseUrl;
    }

    /** @return the API key it wants */
    public String apiKey() {
        return apiKey;
    }

    /** @return the user name of the one member of staff who can log in */
    public String staffUser() {
        return STAFF_USER;
    }

    /** @return that member's password */
    public String staffPassword() {
        return STAFF_PASSWORD;
    }

    /** Makes every token that a login ever gave worthless, as the passing of an hour would. */
    public void expireTokens() {
        credentials.expireTokens();
    }

    /** @return what the sandbox serves */
    public Clinic clinic() {
        return clinic;
    }

    /**
     * @param documentOnlineName the name under which {@code createDocumentDetails} registered a document
     * @return a copy of the content uploaded for it, or nothing if none was
     */
    public Optional<byte[]> uploaded(String documentOnlineName) {
        return blobs.content(documentOnlineName);
    }

    /**
     * @return the server itself, to verify requests or to stub faults, which come before the clinic at any usual priority.
     *     Its journal has the last 1000 requests, with answers cut short. A reset of its stubs silences the clinic
     */
    public WireMockServer wireMock() {
        return server;
    }

    /** @return how many requests the clinic has answered, refusals included, those answered by other stubs not */
    public long requests() {
        return served.served();
    }

    /** Stops the server. Closing again does nothing. */
    @Override
    public void close() {
        server.stop();
    }

    /** @return where it is and what it grew from; no key */
    @Override
    public String toString() {
        return "CliniceaSandbox[" + baseUrl + ", seed " + seed + "]";
    }

    private static List<Resource> resources() {
        Catalogue catalogue = Catalogue.shipped();
        List<Resource> resources = new ArrayList<>();
        catalogue.names().forEach(name -> resources.add(catalogue.resource(name).orElseThrow()));
        // One that the catalogue lacks, to try path= with.
        resources.add(catalogue.byHelp("tasks", "/api/v1/sandbox_tasks"));
        return resources;
    }

    /** The settings of a sandbox. Every {@link #start()} starts another. Not thread-safe. */
    public static final class Builder {
        private long seed = 1;
        private int patients = 250;
        private int appointments = 500;
        private int bills = 100;
        private Clock clock = Clock.systemUTC();
        private String apiKey;
        private int port;

        private Builder() {}

        /**
         * @param seed what the clinic grows from: the same seed gives the same ids, fields, key and tokens, and with the
         *     same clock the same stamps. Default 1
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * @param patients how many there are at the start, 0 or more. Default 250
         * @return this
         */
        public Builder patients(int patients) {
            this.patients = notNegative(patients, "patients");
            return this;
        }

        /**
         * @param appointments how many there are at the start, 0 or more. Default 500
         * @return this
         */
        public Builder appointments(int appointments) {
            this.appointments = notNegative(appointments, "appointments");
            return this;
        }

        /**
         * @param bills how many there are at the start, 0 or more, besides a few deleted ones. Default 100
         * @return this
         */
        public Builder bills(int bills) {
            this.bills = notNegative(bills, "bills");
            return this;
        }

        /**
         * @param clock what stamps changes and the {@code Date} header, not null. The history ends where it stands at the
         *     start. Default the system's
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * @param apiKey the key to want, not blank. Default one that follows from the seed
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder apiKey(String apiKey) {
            if (apiKey.isBlank()) {
                throw new IllegalArgumentException("apiKey must not be blank");
            }
            this.apiKey = apiKey;
            return this;
        }

        /**
         * @param port the port to listen on, 0 for any that is free. Default 0
         * @return this
         * @throws IllegalArgumentException if it is no port
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * @return a running sandbox, to be closed
         * @throws RuntimeException if the port is taken
         */
        public CliniceaSandbox start() {
            return new CliniceaSandbox(this);
        }

        private ClinicSize size() {
            return new ClinicSize(patients, appointments, bills);
        }

        private static int notNegative(int count, String what) {
            if (count < 0) {
                throw new IllegalArgumentException(what + " must not be negative, but is " + count);
            }
            return count;
        }
    }
}
