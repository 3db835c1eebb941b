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
 * Notes that a request is being written, and lets the query join its request late, or all of the path. The HTTP client logs
 * the path of each request at DEBUG before it sends it, and a query holds the token of a staff login, or a patient's name; so
 * it is put there after that, and taken away again before the client could send, and log, the request once more.
 */
final class HiddenQuery implements HttpRequestInterceptor, HttpResponseInterceptor {
    private static final String TARGET = "clinicea.target";
    private static final String SHOWN = "clinicea.shown";
    private static final String WRITTEN = "clinicea.written";

    private HiddenQuery() {}

    /** @param builder makes a client that is to send requests whose query was taken off by {@link #of} */
    static void install(HttpClientBuilder builder) {
        HiddenQuery query = new HiddenQuery();
        builder.addRequestInterceptorLast(query).addResponseInterceptorFirst(query);
    }

    /**
     * Takes the query off.
     *
     * @param request the request
     * @return what it is to be executed with, so that the query is sent all the same
     */
    static HttpContext of(HttpRequest request) {
        String path = request.getPath();
        int query = path.indexOf('?');
        return showing(query < 0 ? path : path.substring(0, query), request);
    }

    /**
     * Takes all of the path off: it names a document, which may be called by its patient's name.
     *
     * @param request the request
     * @return what it is to be executed with, so that the path is sent all the same
     */
    static HttpContext ofAll(HttpRequest request) {
        return showing("/", request);
    }

    private static HttpContext showing(String path, HttpRequest request) {
        HttpContext context = HttpClientContext.create();
        context.setAttribute(TARGET, request.getPath());
        context.setAttribute(SHOWN, path);
        request.setPath(path);
        return context;
    }

    /**
     * Returns whether any of a request may have been written: it is written right after this interceptor, and before it there
     * is nothing but the making of the connection.
     *
     * @param context what the request is executed with
     */
    static boolean isWritten(HttpContext context) {
        return context.getAttribute(WRITTEN) != null;
    }

    /** Takes back what {@link #isWritten} says, for a request that was about to be written and was not. */
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
        if (context.getAttribute(SHOWN) instanceof String path) {
            HttpClientContext.cast(context).getRequest().setPath(path);
        }
    }
}
