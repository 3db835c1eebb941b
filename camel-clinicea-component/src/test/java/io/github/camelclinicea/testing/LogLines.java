/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Collects all lines of one class, from DEBUG on, until it is closed. */
public final class LogLines implements AutoCloseable {
    /** Is one line. */
    private record Line(String level, String text, boolean hasStack) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final String name;
    private final Level before;
    private final AbstractAppender appender;

    public LogLines(Class<?> of) {
        this(of.getName());
    }

    /**
     * Starts to collect.
     *
     * @param of the name of a class that is not visible to the test
     */
    public LogLines(String of) {
        name = of;
        Logger logger = (Logger) LogManager.getLogger(of);
        before = logger.getLevel();
        appender = new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(new Line(
                        event.getLevel().name(), event.getMessage().getFormattedMessage(), event.getThrown() != null));
            }
        };
        appender.start();
        Configurator.setLevel(of, Level.DEBUG);
        ((Logger) LogManager.getLogger(of)).addAppender(appender);
    }

    /** Returns the lines of one level. */
    public List<String> of(String level) {
        return lines.stream()
                .filter(line -> line.level().equals(level))
                .map(Line::text)
                .toList();
    }

    /** Returns the level of each line with a stack. */
    public List<String> withStack() {
        return lines.stream().filter(Line::hasStack).map(Line::level).toList();
    }

    @Override
    public void close() {
        ((Logger) LogManager.getLogger(name)).removeAppender(appender);
        Configurator.setLevel(name, before);
        appender.stop();
    }
}
