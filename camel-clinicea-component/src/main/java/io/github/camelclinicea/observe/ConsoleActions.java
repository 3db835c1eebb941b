/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.consumer.SyncGauges;
import io.github.camelclinicea.consumer.SyncOperations;
import io.github.camelclinicea.event.LogText;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Route;
import org.apache.camel.util.json.JsonObject;

/**
 * Performs the operations of a sync for the developer console. An operation that fails returns the reason.
 *
 * <p>Specified by {@code CliniceaDevConsoleTest}.
 */
final class ConsoleActions {
    static final String ACTION = "action";

    private static final String ROUTE_ID = "routeId";
    private static final String RECORD_ID = "recordId";
    private static final String FROM = "from";
    private static final String TOKEN = "token";

    /** The console does not know who uses it. */
    private static final String OPERATOR = null;

    private static final List<String> ACTIONS = List.of("skipRow", "retryHeldRows", "pollNow", "resetSync");

    private final ContextView view;
    private final String token;

    /**
     * @param view has the syncs
     * @param token is needed for each action
     */
    ConsoleActions(ContextView view, String token) {
        this.view = view;
        this.token = token;
    }

    /**
     * Performs the action that the options name.
     *
     * @param options {@code action}, {@code routeId} and {@code token}; {@code recordId} for {@code skipRow}, and {@code from} for
     *     {@code resetSync} if it is not {@code syncFrom}
     * @return the action, the route, and a {@code result} or an {@code error}
     */
    JsonObject perform(Map<String, Object> options) {
        JsonObject answer = new JsonObject();
        answer.put(ACTION, LogText.of(text(options, ACTION)));
        answer.put(ROUTE_ID, LogText.of(text(options, ROUTE_ID)));
        try {
            answer.put("result", result(options));
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            answer.put("error", e.getMessage());
        } catch (RuntimeException e) {
            // Of a repository for instance, whose message may contain anything.
            answer.put("error", "The action failed with " + e.getClass().getName());
        }
        return answer;
    }

    private String result(Map<String, Object> options) {
        String action = text(options, ACTION);
        if (!ACTIONS.contains(action)) {
            throw new IllegalArgumentException(
                    "There is no action '" + LogText.of(action) + "'. The actions are " + ACTIONS);
        }
        if (!token.equals(text(options, TOKEN))) {
            throw new IllegalArgumentException("The option token is missing or not of this process. Give the"
                    + " actionToken that this console shows");
        }
        SyncOperations operations = consumer(required(options, ROUTE_ID)).operations();
        return switch (action) {
            case "skipRow" ->
                "Versions skipped: "
                        + operations
                                .skipRow(required(options, RECORD_ID), OPERATOR)
                                .size();
            case "retryHeldRows" -> "Rows that the next poll emits again: " + operations.retryHeldRows(OPERATOR);
            case "pollNow" -> operations.pollNow(OPERATOR);
            default -> reset(operations, text(options, FROM));
        };
    }

    private static String reset(SyncOperations operations, String from) {
        if (from == null) {
            operations.resetSync(OPERATOR);
            return "The next poll begins at syncFrom again";
        }
        operations.resetSync(from, OPERATOR);
        return "The next poll begins at " + LogText.of(from);
    }

    private SyncGauges consumer(String routeId) {
        for (Route route : view.waitingRoutes()) {
            if (routeId.equals(route.getRouteId())) {
                throw new IllegalStateException("This node does not run the consumer of route " + LogText.of(routeId)
                        + ". Use the console of the node that leads");
            }
        }
        List<SyncGauges> consumers = view.consumers();
        return consumers.stream()
                .filter(consumer -> routeId.equals(consumer.getRouteId()))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No route '" + LogText.of(routeId)
                        + "' begins with clinicea:. The routes that do are "
                        + consumers.stream()
                                .map(SyncGauges::getRouteId)
                                .filter(Objects::nonNull)
                                .toList()));
    }

    private static String required(Map<String, Object> options, String name) {
        String value = text(options, name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The option " + name + " is missing");
        }
        return value;
    }

    private static String text(Map<String, Object> options, String name) {
        Object value = options.get(name);
        return value == null ? null : value.toString();
    }
}
