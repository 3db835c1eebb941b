/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Looks for canaries, which are invented values in place of secrets and patients' data. It searches the objects that it
 * is given, and all log events of any level while it is open.
 */
public final class CanaryWatch implements AutoCloseable {
    /** The word that every canary in a text contains; canaries in numbers contain the digits. */
    public static final String WORD = "C4narY";

    public static final String DIGITS = "90817263544";

    /** The loggers of the HTTP client that print what goes over the wire. */
    public static final String HEADERS = "org.apache.hc.client5.http.headers";

    public static final String WIRE = "org.apache.hc.client5.http.wire";
    public static final String GARBAGE = "org.apache.hc.client5.http.impl.io.LenientHttpResponseParser";

    private final Set<String> leftOut;
    private final List<String> hits = new CopyOnWriteArrayList<>();
    private final Set<String> hitsLeftOut = ConcurrentHashMap.newKeySet();
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final List<String> own = new ArrayList<>();
    private final Map<String, Level> levels = new LinkedHashMap<>();
    private final Map<String, Appender> consoles;
    private final Appender appender = new WatchingAppender();

    /**
     * Opens the search.
     *
     * @param level the level of all loggers while it is open
     * @param leftOut the loggers that may show canaries
     */
    public CanaryWatch(Level level, Set<String> leftOut) {
        this.leftOut = leftOut;
        Map<String, LoggerConfig> loggers = loggers();
        loggers.forEach((name, logger) -> {
            levels.put(name, logger.getLevel());
            logger.setLevel(level);
        });
        LoggerConfig root = loggers.get("");
        consoles = Map.copyOf(root.getAppenders());
        consoles.keySet().forEach(root::removeAppender);
        appender.start();
        root.addAppender(appender, null, null);
        context().updateLoggers();
    }

    private static LoggerContext context() {
        return LoggerContext.getContext(false);
    }

    private static Map<String, LoggerConfig> loggers() {
        return context().getConfiguration().getLoggers();
    }

    /** Sets the level of one logger until this is closed. */
    public void level(String logger, Level level) {
        Configurator.setLevel(logger, level);
        own.add(logger);
    }

    /**
     * Searches an object in all its parts: a throwable with its causes and suppressed exceptions, a map with its
     * values.
     */
    public void look(String where, Object thing) {
        search(where, text(thing));
    }

    private void search(String where, String text) {
        int at = find(text);
        if (at >= 0) {
            hits.add(where + ": " + text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 110)));
        }
    }

    /** Returns the place of a canary in letters of any case, or -1. By hand, since it reads millions of characters. */
    private static int find(String text) {
        int rareLetter = WORD.indexOf('4');
        for (int i = text.indexOf('4'); i >= 0; i = text.indexOf('4', i + 1)) {
            if (text.regionMatches(true, i - rareLetter, WORD, 0, WORD.length())) {
                return i - rareLetter;
            }
        }
        return text.indexOf(DIGITS);
    }

    private static String text(Object thing) {
        if (thing instanceof Throwable throwable) {
            StringWriter trace = new StringWriter();
            throwable.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
        if (thing instanceof Map<?, ?> map) {
            StringBuilder all = new StringBuilder();
            map.forEach((key, value) ->
                    all.append(key).append('=').append(text(value)).append('\n'));
            return all.toString();
        }
        if (thing instanceof Collection<?> things) {
            StringBuilder all = new StringBuilder();
            things.forEach(one -> all.append(text(one)).append('\n'));
            return all.toString();
        }
        return String.valueOf(thing);
    }

    /** Returns the places of canaries, each with the text around it. */
    public List<String> hits() {
        return List.copyOf(hits);
    }

    /** Returns the excluded loggers that have shown a canary. */
    public Set<String> hitsLeftOut() {
        return Set.copyOf(hitsLeftOut);
    }

    /** Returns all log events of level WARN or above. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        Map<String, LoggerConfig> loggers = loggers();
        LoggerConfig root = loggers.get("");
        root.removeAppender(appender.getName());
        consoles.values().forEach(console -> root.addAppender(console, null, null));
        levels.forEach((name, level) -> loggers.get(name).setLevel(level));
        own.forEach(context().getConfiguration()::removeLogger);
        context().updateLoggers();
        appender.stop();
    }

    private final class WatchingAppender extends AbstractAppender {
        WatchingAppender() {
            super("canaries", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String text = event.getMessage().getFormattedMessage() + "\n"
                    + (event.getThrown() == null ? "" : text(event.getThrown()))
                    + event.getContextData() + " " + event.getThreadName();
            if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
                warnings.add(event.getLoggerName() + ": " + text);
            }
            if (!leftOut.contains(event.getLoggerName())) {
                search("logger " + event.getLoggerName() + " at " + event.getLevel(), text);
            } else if (find(text) >= 0) {
                hitsLeftOut.add(event.getLoggerName());
            }
        }
    }
}
