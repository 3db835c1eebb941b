/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.ErrorHandlerRedeliveryCustomizer;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultConsumer;

/**
 * Gives an exchange to the error handler of its consumer's route, without the steps of that route. To send it through the
 * route, as Camel's {@code bridgeErrorHandler} does, would not be that: a first step that has no error handler around it
 * (a {@code doTry}, any step under {@code noErrorHandler}) would run, and after {@code continued(true)} all but the first.
 */
final class RouteErrorHandler {
    private final DefaultConsumer consumer;

    RouteErrorHandler(DefaultConsumer consumer) {
        this.consumer = consumer;
    }

    /**
     * Has the error handler decide what becomes of an exchange. If it handles the failure, the exchange completes;
     * otherwise, also if it would continue with the route, the exchange fails.
     *
     * @param exchange the exchange, filled
     * @param failure what it failed with
     * @param callback called once that is decided and the unit of work is done
     * @throws Exception if the error handler cannot be asked; the exchange has not ended then
     */
    void process(Exchange exchange, Exception failure, AsyncCallback callback) throws Exception {
        UnitOfWork work = consumer.createUoW(exchange);
        exchange.setException(failure);
        Route route = consumer.getRoute();
        ErrorHandlerRedeliveryCustomizer handler = route == null ? null : find(route.navigate());
        if (handler == null) {
            end(exchange, callback, true);
            return;
        }
        InflightRepository inflight = exchange.getContext().getInflightRepository();
        work.pushRoute(route);
        inflight.add(exchange, route.getId());
        // It would try again and again what cannot succeed, and try by running the step that it is around. One that
        // never
        // tries again must not be notified: it takes such an exchange for one that has its step before it.
        exchange.getExchangeExtension().setRedeliveryExhausted(handler.determineIfRedeliveryIsEnabled());
        asynchronous(handler).process(exchange, doneSync -> {
            if (exchange.getException() == null && !isHandled(exchange)) {
                exchange.setException(failure);
            }
            inflight.remove(exchange, route.getId());
            work.popRoute();
            end(exchange, callback, doneSync);
        });
    }

    private static boolean isHandled(Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        return extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    }

    private void end(Exchange exchange, AsyncCallback callback, boolean doneSync) {
        consumer.doneUoW(exchange);
        callback.done(doneSync);
    }

    /** All steps have the same one around them, if any. {@code noErrorHandler} is none that could be customized. */
    private static ErrorHandlerRedeliveryCustomizer find(Object node) {
        if (node instanceof Channel channel
                && channel.getErrorHandler() instanceof ErrorHandlerRedeliveryCustomizer handler) {
            return handler;
        }
        List<?> steps = node instanceof Navigate<?> parent && parent.hasNext() ? parent.next() : null;
        if (steps != null) {
            for (Object step : steps) {
                ErrorHandlerRedeliveryCustomizer found = find(step);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static AsyncProcessor asynchronous(ErrorHandlerRedeliveryCustomizer handler) {
        return AsyncProcessorConverterHelper.convert((Processor) handler);
    }
}
