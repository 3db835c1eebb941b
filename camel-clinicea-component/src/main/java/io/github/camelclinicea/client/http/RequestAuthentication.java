/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.List;

/**
 * What authenticates a request.
 *
 * @param headers headers to add
 * @param query query parameters to add
 */
public record RequestAuthentication(List<Parameter> headers, List<Parameter> query) {
    /** Authenticates by nothing: for the request that logs in. */
    public static final RequestAuthentication NONE = new RequestAuthentication(List.of(), List.of());

    /** Returns nothing of it: it holds a secret. */
    @Override
    public String toString() {
        return "RequestAuthentication";
    }
}
