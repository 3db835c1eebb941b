/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Collects the warnings of one class until it is closed. */
public final class Warnings implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AbstractAppender appender;

    public Warnings(Class<?> of) {
        this(of.getName());
    }

    /**
     * Starts to collect.
     *
     * @param of the name of a class that is not visible to the test
     */
    public Warnings(String of) {
        logger = (Logger) LogManager.getLogger(of);
        appender =
                new AbstractAppender("warnings-" + NUMBERS.incrementAndGet(), null, null, true, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        if (event.getLevel() == Level.WARN) {
                            messages.add(event.getMessage().getFormattedMessage());
                        }
                    }
                };
        appender.start();
        logger.addAppender(appender);
        // Log4j makes a separate logger for each name with an appender, and such a logger does not pass events to its
        // parents.
        logger.getContext().getConfiguration().getLoggers().values().stream()
                .filter(config -> !config.getName().isEmpty())
                .forEach(config -> config.setAdditive(true));
        logger.getContext().updateLoggers();
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
    }
}
