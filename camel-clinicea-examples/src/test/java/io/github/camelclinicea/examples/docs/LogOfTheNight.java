/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Keeps what the component logs, as an operator reads it. */
final class LogOfTheNight implements AutoCloseable {
    private static final String COMPONENT = "io.github.camelclinicea";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender;

    LogOfTheNight() {
        appender = new AbstractAppender("night", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLoggerName().startsWith(COMPONENT)) {
                    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
                }
            }
        };
        appender.start();
        logger.addAppender(appender);
    }

    /** Returns the lines so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns how many lines contain a text. */
    long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
    }
}
