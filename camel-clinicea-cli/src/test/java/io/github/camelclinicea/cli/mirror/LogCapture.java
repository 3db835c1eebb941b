/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.io.StringWriter;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Captures what is logged at the command's own levels, with the stacks. */
final class LogCapture implements AutoCloseable {
    private final StringWriter written = new StringWriter();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final WriterAppender appender;

    private LogCapture() {
        appender = WriterAppender.newBuilder()
                .setName("capture")
                .setTarget(written)
                .setLayout(PatternLayout.newBuilder()
                        .setPattern("%p %c{1} - %m%n%throwable")
                        .build())
                .build();
        appender.start();
        context.getConfiguration().getRootLogger().addAppender(appender, null, null);
    }

    static LogCapture start() {
        return new LogCapture();
    }

    String text() {
        return written.toString();
    }

    @Override
    public void close() {
        context.getConfiguration().getRootLogger().removeAppender("capture");
        appender.stop();
    }
}
