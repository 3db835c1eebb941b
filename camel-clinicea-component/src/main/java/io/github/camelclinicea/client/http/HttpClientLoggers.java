/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loggers of the HTTP client that print what goes over the wire. Nothing else that logs prints any of it. */
public final class HttpClientLoggers {
    private static final List<String> OPEN_BOOKS = List.of(
            "org.apache.hc.client5.http.headers",
            "org.apache.hc.client5.http.wire",
            // What it takes for no status line, it prints: a row perhaps, from a server or a proxy that is broken.
            "org.apache.hc.client5.http.impl.io.LenientHttpResponseParser");

    private HttpClientLoggers() {}

    /** @param log where to warn if any of them is on */
    public static void warnIfOn(Logger log) {
        List<String> on = OPEN_BOOKS.stream()
                .filter(name -> LoggerFactory.getLogger(name).isDebugEnabled())
                .toList();
        if (!on.isEmpty()) {
            log.warn(
                    "The HTTP client's own log is on for {}: it prints credentials and patients' data; turn it off"
                            + " wherever either is real",
                    on);
        }
    }
}
