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

/** Lets the clinic answer the stubs that name it. What such a stub says of delays and faults stays in force. */
final class ServedByClinic implements ResponseTransformerV2 {
    // Not RFC_1123_DATE_TIME, which leaves out the zero of the 1st to 9th that HTTP wants.
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
        Answer answer;
        try {
            answer = routes.answer(SandboxRequest.of(event.getRequest()));
        } catch (Refusal refusal) {
            answer = refusal.answer();
        }
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(new HttpHeader("Date", HTTP_DATE.format(clock.instant())));
        answer.headers().forEach((name, value) -> headers.add(new HttpHeader(name, value)));
        return Response.Builder.like(stubbed)
                .status(answer.status())
                .headers(new HttpHeaders(headers))
                .body(answer.body() == null ? new byte[0] : answer.body())
                .build();
    }

    long served() {
        return served.sum();
    }
}
