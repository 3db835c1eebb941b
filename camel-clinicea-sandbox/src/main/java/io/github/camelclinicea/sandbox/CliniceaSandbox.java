/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.camelclinicea.catalog.Resource;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Serves an invented {@link Clinic} on a loopback port, and refuses every request that does not follow the wire
 * contract.
 *
 * <pre>{@code
 * try (CliniceaSandbox sandbox = CliniceaSandbox.start()) {
 *     // point the component at sandbox.baseUrl() with sandbox.apiKey(), and change sandbox.clinic()
 * }
 * }</pre>
 *
 * <p>Thread-safe. A closed sandbox serves nothing, and its clinic can still be read.
 *
 * <p>Specified by {@code RefusalTest} and {@code WireMockFaultTest}.
 */
public final class CliniceaSandbox implements AutoCloseable {
    /**
     * The name of the WireMock transformer that fills in the clinic's response. A stub that names it can delay that
     * response: {@code aResponse().withTransformers(TRANSFORMER).withFixedDelay(500)}.
     */
    public static final String TRANSFORMER = "clinicea-sandbox";

    private static final String STAFF_USER = "sandbox-staff";
    private static final String STAFF_PASSWORD = "sandbox-password";

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
        List<Resource> resources = ClinicRoutes.resources();
        AtomicReference<String> address = new AtomicReference<>();
        seed = builder.seed;
        apiKey = builder.apiKey != null
                ? builder.apiKey
                : "sandbox-key-" + grown.dice("key", 1).guid();
        ClinicStore store = new ClinicStore(
                new InventedHistory(grown, builder.clock.instant()).of(resources, builder.size()),
                grown,
                builder.clock);
        clinic = new Clinic(store);
        blobs = new BlobContainer(grown, address::get);
        credentials = new Credentials(apiKey, STAFF_USER, STAFF_PASSWORD, grown);
        served = new ServedByClinic(new ClinicRoutes(store, blobs).serve(resources, credentials), builder.clock);
        server = SandboxServer.create(builder.port, served);
        server.start();
        baseUrl = "http://" + SandboxServer.HOST + ":" + server.port();
        address.set(baseUrl);
    }

    /**
     * Starts a sandbox with the default settings, on a free port. The caller closes it.
     *
     * @return the running sandbox
     */
    public static CliniceaSandbox start() {
        return builder().start();
    }

    /** {@return the settings of a sandbox, all at their defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the sandbox's address, without a slash at the end} */
    public String baseUrl() {
        return baseUrl;
    }

    /** {@return the API key that the sandbox accepts} */
    public String apiKey() {
        return apiKey;
    }

    /** {@return the user name of the only member of staff who can log in} */
    public String staffUser() {
        return STAFF_USER;
    }

    /** {@return the password of {@link #staffUser()}} */
    public String staffPassword() {
        return STAFF_PASSWORD;
    }

    /** Expires all tokens of staff logins, as the live server does after about 60 minutes. */
    public void expireTokens() {
        credentials.expireTokens();
    }

    /** {@return the clinic that the sandbox serves} */
    public Clinic clinic() {
        return clinic;
    }

    /**
     * {@return a copy of the content that was uploaded for a document, or empty if there was no upload}
     *
     * @param documentOnlineName the name under which {@code createDocumentDetails} registered the document
     */
    public Optional<byte[]> uploaded(String documentOnlineName) {
        return blobs.content(documentOnlineName);
    }

    /**
     * {@return the server, to verify requests and to stub faults} A stub with a usual priority takes precedence over
     * the clinic. The journal has the last 1000 requests, with truncated responses. A reset of the stubs removes the
     * clinic, too.
     */
    public WireMockServer wireMock() {
        return server;
    }

    /**
     * {@return the number of requests that the clinic has served} Refusals count; requests that another stub served do
     * not.
     */
    public long requests() {
        return served.served();
    }

    /** Stops the server. Has no effect on a stopped one. */
    @Override
    public void close() {
        server.stop();
    }

    /** Returns the address and the seed, without the key. */
    @Override
    public String toString() {
        return "CliniceaSandbox[" + baseUrl + ", seed " + seed + "]";
    }

    /** Collects the settings of a sandbox. Every {@link #start()} starts another sandbox. Not thread-safe. */
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
         * Sets the seed that the clinic is invented from. The same seed gives the same ids, fields, key and tokens, and
         * with the same clock the same stamps.
         *
         * @param seed any number; 1 by default
         * @return these settings
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the number of patients at the start: 0 or more, 250 by default.
         *
         * @param patients the number of patients at the start: 0 or more, 250 by default
         * @return these settings
         */
        public Builder patients(int patients) {
            this.patients = notNegative(patients, "patients");
            return this;
        }

        /**
         * Sets the number of appointments at the start: 0 or more, 500 by default.
         *
         * @param appointments the number of appointments at the start: 0 or more, 500 by default
         * @return these settings
         */
        public Builder appointments(int appointments) {
            this.appointments = notNegative(appointments, "appointments");
            return this;
        }

        /**
         * Sets the number of bills at the start: 0 or more, 100 by default. A few deleted bills are added to them.
         *
         * @param bills the number of bills at the start: 0 or more, 100 by default
         * @return these settings
         */
        public Builder bills(int bills) {
            this.bills = notNegative(bills, "bills");
            return this;
        }

        /**
         * Sets the clock that stamps changes and the {@code Date} header. The invented history ends at its time at the
         * start.
         *
         * @param clock not null; the system's clock by default
         * @return these settings
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets the API key that the sandbox accepts.
         *
         * @param apiKey not blank; made from the seed by default
         * @return these settings
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
         * Sets the port to listen on.
         *
         * @param port from 0 to 65535; 0, the default, takes any free port
         * @return these settings
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
         * Starts a sandbox. The caller closes it.
         *
         * @return the running sandbox
         * @throws RuntimeException if the port is in use
         */
        public CliniceaSandbox start() {
            return new CliniceaSandbox(this);
        }

        private ClinicSize size() {
            return new ClinicSize(patients, appointments, bills);
        }

        private static int notNegative(int count, String name) {
            if (count < 0) {
                throw new IllegalArgumentException(name + " must not be negative, but is " + count);
            }
            return count;
        }
    }
}
