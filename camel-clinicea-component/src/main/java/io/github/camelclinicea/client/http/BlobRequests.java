/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.AuthenticationStrategy;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthScheme;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Builds the requests that go to a blob store, which is another host than Clinicea's (docs/design/wire.md, section 5,
 * create document). A user's own {@code httpComponent} may have a login, which the HTTP client would send to any host
 * that demands one. Requests to a blob store never carry it.
 *
 * <p>Specified by {@code UploadTest}.
 */
final class BlobRequests implements AuthenticationStrategy {
    private static final String BLOB = "clinicea.blob";

    private BlobRequests() {}

    /** Prepares an HTTP client for the requests of {@link #put}. */
    static void install(HttpClientBuilder builder) {
        builder.setTargetAuthenticationStrategy(new BlobRequests());
    }

    static HttpUriRequestBase put(URI blob, Content content) {
        HttpUriRequestBase request = new HttpUriRequestBase("PUT", blob);
        request.setHeader("User-Agent", Transport.USER_AGENT);
        request.setHeader("x-ms-blob-type", "BlockBlob");
        request.setHeader("Content-Type", content.type());
        request.setEntity(new EntityTemplate(content.length(), null, null, new ContentEntity(content)));
        return request;
    }

    /** Returns the context to execute such a request with. */
    static HttpContext context(HttpUriRequestBase request) {
        HttpContext context = HiddenQuery.ofAll(request);
        context.setAttribute(BLOB, true);
        return context;
    }

    @Override
    public List<AuthScheme> select(ChallengeType type, Map<String, AuthChallenge> challenges, HttpContext context) {
        return context.getAttribute(BLOB) == null
                ? DefaultAuthenticationStrategy.INSTANCE.select(type, challenges, context)
                : List.of();
    }
}
