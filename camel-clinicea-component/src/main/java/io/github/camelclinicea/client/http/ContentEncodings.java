/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Refuses a response with many content encodings, because the HTTP client would nest one stream for each.
 *
 * <p>Specified by {@code HostileHeadTest}.
 */
final class ContentEncodings implements HttpResponseInterceptor {
    static final int MAX = 5;

    private ContentEncodings() {}

    /** Adds the check to an HTTP client. */
    static void install(HttpClientBuilder builder) {
        builder.addResponseInterceptorFirst(new ContentEncodings());
    }

    @Override
    public void process(HttpResponse response, EntityDetails entity, HttpContext context) throws IOException {
        long encodings = 0;
        for (var header : response.getHeaders(HttpHeaders.CONTENT_ENCODING)) {
            String value = header.getValue() == null ? "" : header.getValue();
            encodings += 1 + value.chars().filter(c -> c == ',').count();
        }
        if (encodings > MAX) {
            throw new Transport.TooLargeException("the response has more than " + MAX + " content encodings");
        }
    }
}
