/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxFaultTest {
    private static final String PATIENTS = "/api/v1/patients?intPageNo=0&lastSyncDate=" + Caller.EVER;

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.create();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void givenAServerThatIsDown_whenAsked_thenItRefusesUntilItIsUp() {
        SandboxFault.DOWN.switchOn(server());
        assertThat(status()).isEqualTo(503);

        SandboxFault.DOWN.switchOff(server());

        assertThat(status()).isEqualTo(200);
    }

    @Test
    void givenASlowServer_whenAsked_thenTheClinicsResponseComesLate() {
        SandboxFault.SLOW.switchOn(server());
        long begin = System.nanoTime();

        assertThat(status()).isEqualTo(200);

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(500);
    }

    @Test
    void givenAnUnsteadyServer_whenAskedTenTimes_thenTwoRequestsAreRefused() {
        SandboxFault.UNSTEADY.switchOn(server());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(status());
        }

        assertThat(Collections.frequency(statuses, 503)).isEqualTo(2);
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(8);
    }

    @Test
    void givenAServerThatIsDownAndSlow_whenAsked_thenItRefuses() {
        SandboxFault.DOWN.switchOn(server());
        SandboxFault.SLOW.switchOn(server());

        assertThat(status()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource(SandboxFault.class)
    void givenAFault_whenSwitchedFromOutside_thenItIsGoneAndComesBackAsItsMappingWas(SandboxFault fault)
            throws Exception {
        fault.switchOn(server());
        fault.switchOn(server());
        URI mappings = URI.create(clinicea.baseUrl() + "/__admin/mappings");
        URI mapping = URI.create(mappings + "/" + fault.id());
        String json = send(HttpRequest.newBuilder(mapping)).body();

        assertThat(send(HttpRequest.newBuilder(mapping).DELETE()).statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(mapping)).statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(mappings).POST(HttpRequest.BodyPublishers.ofString(json)))
                        .statusCode())
                .isEqualTo(201);

        assertThat(send(HttpRequest.newBuilder(mapping)).body()).isEqualTo(json);
        fault.switchOff(server());
        fault.switchOff(server());
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void givenTheReadmesFault_whenPosted_thenEachFifthRequestFailsUntilItIsDeleted() throws Exception {
        Matcher json = Pattern.compile("__admin/mappings -d '(.*)'").matcher(Files.readString(Path.of("README.md")));
        assertThat(json.find()).isTrue();
        URI mappings = URI.create(clinicea.baseUrl() + "/__admin/mappings");

        HttpResponse<String> made =
                send(HttpRequest.newBuilder(mappings).POST(HttpRequest.BodyPublishers.ofString(json.group(1))));

        Matcher id = Pattern.compile("\"id\" : \"([^\"]+)\"").matcher(made.body());
        assertThat(id.find()).as(made.body()).isTrue();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(status());
        }
        assertThat(Collections.frequency(statuses, 503)).isEqualTo(2);
        send(HttpRequest.newBuilder(URI.create(mappings + "/" + id.group(1))).DELETE());
        for (int i = 0; i < 10; i++) {
            assertThat(status()).isEqualTo(200);
        }
    }

    @Test
    void givenAFaultAndAnActivity_whenAsked_thenTheClinicChangesAndSometimesFails() throws Exception {
        CliniceaSandbox sandbox = clinicea.sandbox();
        SandboxFault.UNSTEADY.switchOn(sandbox.wireMock());
        ClinicActivity activity = ClinicActivity.start(sandbox.clinic(), 60, 1);
        try {
            Set<Integer> statuses = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                statuses.add(status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 503);
        } finally {
            activity.close();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private WireMockServer server() {
        return clinicea.sandbox().wireMock();
    }

    private int status() {
        return new Caller(clinicea.sandbox()).get(PATIENTS).statusCode();
    }
}
