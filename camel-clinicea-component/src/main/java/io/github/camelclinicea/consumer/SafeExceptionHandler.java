/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes failures to the user's exception handler, and logs what that handler throws, so that it does not end a poll.
 * If the user has set none, a failed poll goes to a log of its own instead of Camel's handler, which would log the
 * stack of each.
 *
 * <p>Specified by {@code ErrorsTest}.
 */
final class SafeExceptionHandler implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SafeExceptionHandler.class);

    private final Supplier<ExceptionHandler> handler;
    private final ExceptionHandler camels;
    private final Supplier<Throwable> pollFailure;
    private final Consumer<Throwable> pollFailures;

    /**
     * @param handler returns the user's exception handler, or Camel's default
     * @param pollFailure returns the failure of the last poll, or null
     * @param pollFailures logs the failure of a poll
     */
    SafeExceptionHandler(
            Supplier<ExceptionHandler> handler, Supplier<Throwable> pollFailure, Consumer<Throwable> pollFailures) {
        this.handler = handler;
        this.camels = handler.get();
        this.pollFailure = pollFailure;
        this.pollFailures = pollFailures;
    }

    @Override
    public void handleException(Throwable exception) {
        ignoringFailure(() -> handler.get().handleException(exception));
    }

    @Override
    public void handleException(String message, Throwable exception) {
        if (exception == pollFailure.get() && handler.get() == camels) {
            pollFailures.accept(exception);
        } else {
            ignoringFailure(() -> handler.get().handleException(message, exception));
        }
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
