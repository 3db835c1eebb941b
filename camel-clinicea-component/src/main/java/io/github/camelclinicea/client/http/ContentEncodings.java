/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Refuses a response that is encoded many times over: the HTTP client would nest a stream for each encoding. */
final class ContentEncodings implements HttpResponseInterceptor {
    static final int MAX = 5;

    private ContentEncodings() {}

    /** @param builder makes a client whose responses are to be checked */
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
            throw new Transport.TooLargeException("the answer has more than " + MAX + " content encodings");
        }
    }
}
