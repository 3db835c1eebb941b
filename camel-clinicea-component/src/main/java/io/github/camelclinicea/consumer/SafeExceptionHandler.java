/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes failures to the user's exception handler, and logs what that handler throws, so that it does not end a poll.
 *
 * <p>Specified by {@code ErrorsTest}.
 */
final class SafeExceptionHandler implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SafeExceptionHandler.class);

    private final Supplier<ExceptionHandler> handler;

    /** @param handler returns the user's exception handler, or Camel's default */
    SafeExceptionHandler(Supplier<ExceptionHandler> handler) {
        this.handler = handler;
    }

    @Override
    public void handleException(Throwable exception) {
        ignoringFailure(() -> handler.get().handleException(exception));
    }

    @Override
    public void handleException(String message, Throwable exception) {
        ignoringFailure(() -> handler.get().handleException(message, exception));
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        ignoringFailure(() -> handler.get().handleException(message, exchange, exception));
    }

    private void ignoringFailure(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("The exceptionHandler failed with {}, which is ignored", ErrorName.of(e));
        }
    }
}
