/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the handler of a request by its path. Below some paths the last segment is a row's id.
 *
 * <p>Specified by {@code RefusalTest}.
 */
final class Routes {
    private final Map<String, Map<String, Route>> at = new TreeMap<>();
    private final Map<String, Map<String, Route>> below = new TreeMap<>();
    private final Credentials credentials;

    /**
     * Holds a handler.
     *
     * @param open whether it serves requests without the clinic's credentials
     */
    private record Route(Handler handler, boolean open) {}

    Routes(Credentials credentials) {
        this.credentials = credentials;
    }

    void add(String method, String path, Handler handler) {
        put(at, method, path, new Route(handler, false));
    }

    void addBelow(String method, String path, Handler handler) {
        put(below, method, path, new Route(handler, false));
    }

    void addOpen(String method, String path, Handler handler) {
        put(at, method, path, new Route(handler, true));
    }

    void addOpenBelow(String method, String path, Handler handler) {
        put(below, method, path, new Route(handler, true));
    }

    /**
     * Returns the response to a request.
     *
     * @throws Refusal 404, 405, 401 or 400, checked in this order
     */
    SandboxResponse respond(SandboxRequest request) {
        String path = request.path();
        Map<String, Route> here = at.get(path);
        if (here != null) {
            return respond(here, request, null);
        }
        int slash = path.lastIndexOf('/');
        Map<String, Route> above = slash < 0 ? null : below.get(path.substring(0, slash));
        if (above == null || slash == path.length() - 1) {
            throw Refusal.notFound("nothing at this path");
        }
        return respond(above, request, RawQuery.decode(path.substring(slash + 1)));
    }

    private SandboxResponse respond(Map<String, Route> methods, SandboxRequest request, String id) {
        Route route = methods.get(request.method());
        if (route == null) {
            throw Refusal.methodNotAllowed(request.method(), methods.keySet());
        }
        if (!route.open()) {
            credentials.check(request);
            request.refuseEncodedColons();
        }
        return route.handler().respond(request, id);
    }

    private static void put(Map<String, Map<String, Route>> routes, String method, String path, Route route) {
        Route before = routes.computeIfAbsent(path, p -> new TreeMap<>()).put(method, route);
        if (before != null) {
            throw new IllegalStateException("the catalogue has two operations with " + method + " " + path);
        }
    }
}
