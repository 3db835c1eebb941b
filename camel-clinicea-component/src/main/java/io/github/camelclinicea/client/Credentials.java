package io.github.camelclinicea.client;

import io.github.camelclinicea.client.http.Parameter;
import java.util.List;

/** How a request shows who sends it (wire-contract section 1). */
public sealed interface Credentials permits ApiKey, StaffLogin {
    /**
     * What to add to a request.
     *
     * @param headers headers to add
     * @param query query parameters to add
     */
    record Proof(List<Parameter> headers, List<Parameter> query) {}
}
