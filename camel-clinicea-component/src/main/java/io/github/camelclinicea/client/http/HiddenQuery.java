/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Adds the query to a request after the HTTP client has logged it, and records that the request is being written. The
 * client logs the path of each request at DEBUG before it sends it. A query may hold the token of a staff login or a
 * patient's name. So the query is added after the log line, and removed again before the client could log and send the
 * request once more. A request to a blob store hides all of its path.
 */
final class HiddenQuery implements HttpRequestInterceptor, HttpResponseInterceptor {
    private static final String TARGET = "clinicea.target";
    private static final String LOGGED = "clinicea.shown";
    private static final String WRITTEN = "clinicea.written";

    private HiddenQuery() {}

    /** Prepares an HTTP client for requests whose query was removed by {@link #of} or {@link #ofAll}. */
    static void install(HttpClientBuilder builder) {
        HiddenQuery query = new HiddenQuery();
        builder.addRequestInterceptorLast(query).addResponseInterceptorFirst(query);
    }

    /**
     * Removes the query from a request.
     *
     * @return the context to execute the request with, so that the query is still sent
     */
    static HttpContext of(HttpRequest request) {
        String path = request.getPath();
        int query = path.indexOf('?');
        return hide(request, query < 0 ? path : path.substring(0, query));
    }

    /**
     * Removes all of the path from a request, because it names a document, and the name may hold that of a patient.
     *
     * @return the context to execute the request with, so that the path is still sent
     */
    static HttpContext ofAll(HttpRequest request) {
        return hide(request, "/");
    }

    private static HttpContext hide(HttpRequest request, String logged) {
        HttpContext context = HttpClientContext.create();
        context.setAttribute(TARGET, request.getPath());
        context.setAttribute(LOGGED, logged);
        request.setPath(logged);
        return context;
    }

    /**
     * Returns whether any part of a request may have been written. A request is written right after this interceptor,
     * which runs when the connection has been established.
     *
     * @param context the context that the request is executed with
     */
    static boolean isWritten(HttpContext context) {
        return context.getAttribute(WRITTEN) != null;
    }

    /** Makes {@link #isWritten} return false, for a request that was about to be written and was not. */
    static void notWritten(HttpContext context) {
        context.removeAttribute(WRITTEN);
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        context.setAttribute(WRITTEN, true);
        if (context.getAttribute(TARGET) instanceof String target) {
            request.setPath(target);
        }
    }

    @Override
    public void process(HttpResponse response, EntityDetails entity, HttpContext context) {
        if (context.getAttribute(LOGGED) instanceof String path) {
            HttpClientContext.cast(context).getRequest().setPath(path);
        }
    }
}
