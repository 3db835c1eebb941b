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
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.ErrorHandlerRedeliveryCustomizer;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultConsumer;

/**
 * Passes an exchange to the error handler of its consumer's route, without running any step of the route. Camel's
 * {@code bridgeErrorHandler} sends the exchange through the route instead. There, a first step without an error
 * handler runs, such as {@code doTry} or any step under {@code noErrorHandler}. After {@code continued(true)}, all
 * other steps run too.
 *
 * <p>Specified by {@code UnusableRowTest}.
 */
final class RouteErrorHandler {
    private final DefaultConsumer consumer;

    RouteErrorHandler(DefaultConsumer consumer) {
        this.consumer = consumer;
    }

    /**
     * Returns a processor that passes exchanges, which have a unit of work, to the error handler. If the error handler
     * handles the failure, the exchange completes. Otherwise the exchange fails, also after {@code continued(true)}.
     *
     * @param failure the failure of the exchange
     */
    AsyncProcessor handling(Exception failure) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return handle(exchange, failure, callback);
            }
        };
    }

    private boolean handle(Exchange exchange, Exception failure, AsyncCallback callback) {
        UnitOfWork work = exchange.getUnitOfWork();
        exchange.setException(failure);
        Route route = consumer.getRoute();
        ErrorHandlerRedeliveryCustomizer handler = route == null ? null : find(route.navigate());
        if (handler == null) {
            callback.done(true);
            return true;
        }
        InflightRepository inflight = exchange.getContext().getInflightRepository();
        work.pushRoute(route);
        inflight.add(exchange, route.getId());
        // The row cannot succeed, and a redelivery would run the step that the error handler belongs to. An error
        // handler without redelivery must not get the mark: it would take the exchange for one whose step is still to
        // run.
        exchange.getExchangeExtension().setRedeliveryExhausted(hasRedelivery(handler));
        return asynchronous(handler).process(exchange, doneSync -> {
            if (exchange.getException() == null && !isHandled(exchange)) {
                exchange.setException(failure);
            }
            inflight.remove(exchange, route.getId());
            work.popRoute();
            callback.done(doneSync);
        });
    }

    private static boolean hasRedelivery(ErrorHandlerRedeliveryCustomizer handler) {
        try {
            return handler.determineIfRedeliveryIsEnabled();
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static boolean isHandled(Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        return extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    }

    /**
     * Returns the error handler of the first step that has one; all steps share it. Null under {@code noErrorHandler}.
     */
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
