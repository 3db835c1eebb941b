/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.RequestAuthentication;
import java.util.List;

/**
 * The API key of an organisation, sent with each request. The documentation names two headers for it. By default it is
 * sent in both. It may be sent as a query parameter instead.
 *
 * <p>Specified by {@code CliniceaClientTest}.
 *
 * @param key the key, secret
 * @param headers the names of the headers that carry it
 * @param parameter the name of the query parameter that carries it in place of the headers; null for the headers
 */
public record ApiKey(String key, List<String> headers, String parameter) implements Credentials {
    public ApiKey {
        headers = List.copyOf(headers);
        if (headers.isEmpty()) {
            throw new IllegalArgumentException("apiKeyHeader must name at least one header");
        }
    }

    /** Creates a key that headers carry. */
    public ApiKey(String key, List<String> headers) {
        this(key, headers, null);
    }

    RequestAuthentication authentication() {
        if (parameter != null) {
            return new RequestAuthentication(List.of(), List.of(new Parameter(parameter, key)));
        }
        return new RequestAuthentication(
                headers.stream().map(name -> new Parameter(name, key)).toList(), List.of());
    }

    @Override
    public List<String> secrets() {
        return List.of(key);
    }

    @Override
    public String toString() {
        return "ApiKey";
    }
}
