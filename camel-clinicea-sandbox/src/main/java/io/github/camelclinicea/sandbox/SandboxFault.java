/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A fault of a {@link CliniceaSandbox} that can be switched on and off while it runs: here, or from outside by
 * {@code DELETE /__admin/mappings/} with the {@link #id()}.
 *
 * <p>Specified by {@code SandboxFaultTest}.
 */
public enum SandboxFault {
    /** Each request gets a 503. */
    DOWN {
        @Override
        MappingBuilder stub() {
            return any(anyUrl()).willReturn(aResponse().withStatus(503));
        }
    },

    /** Each response comes half a second late. */
    SLOW {
        @Override
        MappingBuilder stub() {
            return any(anyUrl())
                    .willReturn(aResponse()
                            .withTransformers(CliniceaSandbox.TRANSFORMER)
                            .withFixedDelay(500));
        }
    },

    /** Each fifth request gets a 503. */
    UNSTEADY {
        @Override
        MappingBuilder stub() {
            return any(anyUrl())
                    .andMatching(EveryNthRequest.NAME, Parameters.one(EveryNthRequest.N, 5))
                    .willReturn(aResponse().withStatus(503));
        }
    };

    /** A fault that refuses a request comes before one that delays the response. */
    private static final int REFUSED = 3;

    private static final int DELAYED = 4;

    /** {@return the id of the stub that makes this fault} It is the same in each sandbox. */
    public UUID id() {
        return UUID.nameUUIDFromBytes(("sandbox-fault-" + name()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Switches this fault on. It has no effect if it is on.
     *
     * @param server the server of a sandbox: {@link CliniceaSandbox#wireMock()}
     */
    public void switchOn(WireMockServer server) {
        switchOff(server);
        server.stubFor(stub().withId(id()).atPriority(this == SLOW ? DELAYED : REFUSED));
    }

    /**
     * Switches this fault off. It has no effect if it is off.
     *
     * @param server the server of a sandbox
     */
    public void switchOff(WireMockServer server) {
        if (server.getStubMapping(id()).isPresent()) {
            server.removeStub(id());
        }
    }

    abstract MappingBuilder stub();
}
