/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.github.tomakehurst.wiremock.http.Request;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Holds a request as it was sent.
 *
 * <p>Specified by {@code RefusalTest}.
 *
 * @param method the HTTP method, in capitals
 * @param path the path, as it was sent
 * @param rawQuery the query, as it was sent, without the question mark; empty if there was none
 * @param header returns the value of a header, or null
 * @param body the body, empty if there was none
 */
record SandboxRequest(String method, String path, String rawQuery, UnaryOperator<String> header, byte[] body) {

    static SandboxRequest of(Request request) {
        String url = request.getUrl();
        int mark = url.indexOf('?');
        return new SandboxRequest(
                request.getMethod().getName(),
                mark < 0 ? url : url.substring(0, mark),
                mark < 0 ? "" : url.substring(mark + 1),
                name -> request.containsHeader(name) ? request.getHeader(name) : null,
                request.getBody() == null ? new byte[0] : request.getBody());
    }

    /**
     * Returns the decoded parameters of the query.
     *
     * @throws Refusal 400, if one occurs twice
     */
    Map<String, String> query() {
        return RawQuery.parse(rawQuery);
    }

    /**
     * Refuses a percent-encoded colon in the query, as the live service was observed to do
     * ({@code docs/design/wire.md, section 2}).
     */
    void refuseEncodedColons() {
        if (rawQuery.toLowerCase(Locale.ROOT).contains("%3a")) {
            throw Refusal.badRequest("send ':' in the query unencoded, not as %3A");
        }
    }

    void refuseBody() {
        if (body.length > 0) {
            throw Refusal.badRequest("this operation takes query parameters and no body");
        }
    }
}
