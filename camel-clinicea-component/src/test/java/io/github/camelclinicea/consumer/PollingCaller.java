/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import io.github.camelclinicea.CliniceaConstants;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;

/** Takes rows by itself, as pollEnrich and a ConsumerTemplate do. */
final class PollingCaller {
    /** Longer than a poll takes, and shorter than the delay of 60 s. */
    static final long LONG = 10_000;

    private PollingCaller() {}

    /** Returns a context, not started, with {@code #state} and {@code #quiet}. */
    static DefaultCamelContext context(IdempotentRepository state, QuietExceptionHandler failures) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(1);
        context.getRegistry().bind("state", state);
        context.getRegistry().bind("quiet", failures);
        return context;
    }

    /** Starts the context, and returns a template of it. */
    static ConsumerTemplate template(DefaultCamelContext camel) {
        camel.start();
        ConsumerTemplate template = camel.createConsumerTemplate();
        template.start();
        return template;
    }

    /** Returns the id of a row's record; null without a row. */
    static String id(Exchange exchange) {
        return exchange == null ? null : exchange.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class);
    }

    static String takeAndComplete(ConsumerTemplate template, String uri) {
        Exchange row = template.receive(uri, LONG);
        template.doneUoW(row);
        return id(row);
    }
}
