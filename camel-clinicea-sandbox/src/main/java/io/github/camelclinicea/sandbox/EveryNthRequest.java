/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.matching.RequestMatcherExtension;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets a stub serve each nth request only.
 *
 * <p>Specified by {@code SandboxFaultTest}.
 */
final class EveryNthRequest extends RequestMatcherExtension {
    /** The name in a stub's {@code customMatcher}. */
    static final String NAME = "every-nth-request";

    /** The name of the parameter. */
    static final String N = "n";

    private final AtomicLong requests = new AtomicLong();

    @Override
    public MatchResult match(Request request, Parameters parameters) {
        return MatchResult.of(requests.incrementAndGet() % Math.max(1, parameters.getInt(N, 2)) == 0);
    }

    @Override
    public String getName() {
        return NAME;
    }
}
