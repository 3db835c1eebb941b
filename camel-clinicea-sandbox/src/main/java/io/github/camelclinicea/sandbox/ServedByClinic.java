/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Fills in the clinic's response for the stubs that name this transformer. Delays and faults of such a stub stay
 * effective.
 *
 * <p>Specified by {@code WireMockFaultTest} and {@code ChangeListTest}.
 */
final class ServedByClinic implements ResponseTransformerV2 {
    // Not RFC_1123_DATE_TIME, which writes the days 1 to 9 without the leading zero that HTTP requires.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Routes routes;
    private final Clock clock;
    private final LongAdder served = new LongAdder();

    ServedByClinic(Routes routes, Clock clock) {
        this.routes = routes;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return CliniceaSandbox.TRANSFORMER;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public Response transform(Response stubbed, ServeEvent event) {
        served.increment();
        SandboxResponse response;
        try {
            response = routes.respond(SandboxRequest.of(event.getRequest()));
        } catch (Refusal refusal) {
            response = refusal.response();
        }
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(new HttpHeader("Date", HTTP_DATE.format(clock.instant())));
        response.headers().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        return Response.Builder.like(stubbed)
                .status(response.status())
                .headers(new HttpHeaders(headers))
                .body(response.body() == null ? new byte[0] : response.body())
                .build();
    }

    long served() {
        return served.sum();
    }
}
