/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of the loggers of the HTTP client that print requests and responses. No other logger prints any part of them.
 */
public final class HttpClientLoggers {
    private static final List<String> LOGGERS = List.of(
            "org.apache.hc.client5.http.headers",
            "org.apache.hc.client5.http.wire",
            // It prints each line that is no status line, which may be a row if the server or a proxy is broken.
            "org.apache.hc.client5.http.impl.io.LenientHttpResponseParser");

    private HttpClientLoggers() {}

    /**
     * Warns if any of these loggers is on at DEBUG.
     *
     * @param log receives the warning
     */
    public static void warnIfOn(Logger log) {
        List<String> on = LOGGERS.stream()
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
