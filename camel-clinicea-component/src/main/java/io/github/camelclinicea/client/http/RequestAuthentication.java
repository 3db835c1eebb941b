/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.List;

/**
 * The headers and query parameters that authenticate a request.
 *
 * <p>Specified by {@code CliniceaClientTest}.
 *
 * @param headers headers to add
 * @param query query parameters to add
 */
public record RequestAuthentication(List<Parameter> headers, List<Parameter> query) {
    /** Adds nothing, for the request that logs in. */
    public static final RequestAuthentication NONE = new RequestAuthentication(List.of(), List.of());

    /** Returns the class name only, because the values are secret. */
    @Override
    public String toString() {
        return "RequestAuthentication";
    }
}
