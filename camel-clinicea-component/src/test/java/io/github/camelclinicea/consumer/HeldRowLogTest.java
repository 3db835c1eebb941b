/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.sync.HeldRow;
import io.github.camelclinicea.testing.Warnings;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldRowLogTest {
    private static final Instant SINCE = Instant.parse("2026-06-01T12:00:00Z");
    private static final HeldRow ROW =
            new HeldRow("p1", "Added", "x", 3, SINCE, SINCE.plusSeconds(60), "java.lang.IllegalStateException", "v");

    private final HeldRowLog log = new HeldRowLog(() -> "sync", "patients");
    private final Warnings warnings = new Warnings(HeldRowLog.class);
    private final List<String> infos = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(HeldRowLog.class);
    private final Level before = logger.getLevel();
    private final AbstractAppender appender = new AbstractAppender("infos", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel() == Level.INFO) {
                infos.add(event.getMessage().getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        Configurator.setLevel(HeldRowLog.class.getName(), Level.INFO);
    }

    @AfterEach
    void close() {
        Configurator.setLevel(HeldRowLog.class.getName(), before);
        logger.removeAppender(appender);
        warnings.close();
    }

    @Test
    void given_a_row_when_it_is_held_then_one_warning_names_route_resource_id_and_exception() {
        log.held(ROW);

        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("sync", "patients", "p1", "java.lang.IllegalStateException", "held");
        assertThat(infos).isEmpty();
    }

    @Test
    void given_a_held_row_when_it_is_delivered_then_one_line_says_after_how_many_attempts_and_there_is_no_warning() {
        log.delivered(ROW);

        assertThat(infos).singleElement().asString().contains("sync", "patients", "p1", "3 attempts", SINCE.toString());
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void given_rows_that_are_held_for_long_when_reminded_then_one_warning_says_how_many_and_since_when() {
        log.stillHeld(4, SINCE);

        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("sync", "patients", "4 rows", SINCE.toString(), "checkpoint");
    }

    @Test
    void given_as_many_rows_as_may_be_held_when_another_fails_then_one_warning_names_the_option_and_what_follows() {
        log.limitReached(1000);

        assertThat(warnings.messages())
                .singleElement()
                .asString()
                .contains("sync", "patients", "maxHeldRows=1000", "reads the list again");
    }
}
