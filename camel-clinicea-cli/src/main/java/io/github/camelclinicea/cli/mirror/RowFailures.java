/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why rows could not be written. It takes the place of Camel's own line, which has the message of the database
 * driver, and so the values of a row. Thread-safe.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class RowFailures implements Processor, ExceptionHandler {
    /** A row without an id cannot be found again, so the mirror cannot have it. */
    static final class MissingIdException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RowFailures.class);

    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final Map<String, String> fatal = new ConcurrentHashMap<>();

    @Override
    public void process(Exchange exchange) {
        String list = exchange.getFromRouteId();
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = describe(list, failure);
        if (failure instanceof MissingIdException) {
            fatal.put(list, reason);
        }
        if (!reason.equals(reasons.put(list, reason))) {
            LOG.error("Rows of {} cannot be written: {}", list, reason);
        }
    }

    @Override
    public void handleException(Throwable failure) {
        handleException("A poll failed", failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        LOG.warn("{}: {}", message, failure.getClass().getSimpleName());
    }

    /** Logs nothing: the route has called {@link #process}. */
    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (exchange == null) {
            handleException(message, failure);
        }
    }

    /** Returns why no later poll can write the rows of a list; empty if one may. */
    Optional<String> fatal(String list) {
        return Optional.ofNullable(fatal.get(list));
    }

    /** Returns the last reason, without a value of a row. */
    String reason(String list) {
        return reasons.getOrDefault(list, "the log has the reason");
    }

    private static String describe(String list, Throwable failure) {
        if (failure instanceof MissingIdException) {
            return "a row has no id; --option=" + list + ".idField=NAME names the field that has it";
        }
        Throwable root = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql.getClass().getSimpleName() + ", SQLState " + sql.getSQLState();
            }
            root = at;
        }
        return root == null ? "the reason is not known" : root.getClass().getSimpleName();
    }
}
