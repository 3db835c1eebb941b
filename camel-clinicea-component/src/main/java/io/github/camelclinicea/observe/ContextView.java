/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.observe;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.client.Connections;
import io.github.camelclinicea.client.budget.BudgetUsage;
import io.github.camelclinicea.client.budget.RequestBudget;
import io.github.camelclinicea.client.rate.RequestRateLimiter;
import io.github.camelclinicea.consumer.DelegatedRoutes;
import io.github.camelclinicea.consumer.PollSummary;
import io.github.camelclinicea.consumer.SyncGauges;
import io.github.camelclinicea.producer.OperationStatistics;
import io.github.camelclinicea.sync.HeldRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * Shows all components of this kind in one context as JSON. The values of a sync have the names that they have as
 * attributes of its MBean.
 *
 * <p>Specified by {@code CliniceaDevConsoleTest}.
 */
final class ContextView {
    private final CamelContext context;

    ContextView(CamelContext context) {
        this.context = context;
    }

    private List<CliniceaComponent> components() {
        return context.getComponentNames().stream()
                .map(context::hasComponent)
                .filter(CliniceaComponent.class::isInstance)
                .map(CliniceaComponent.class::cast)
                .filter(component -> component.connections() != null)
                .distinct()
                .toList();
    }

    /** Returns the consumers, by their routes. Those without a route come last. */
    List<SyncGauges> consumers() {
        return components().stream()
                .flatMap(component -> component.consumers().consumers().stream())
                .sorted(Comparator.comparing(SyncGauges::getRouteId, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /** Returns the routes that have no consumer on this node, because another node leads. */
    List<Route> waitingRoutes() {
        List<SyncGauges> consumers = consumers();
        return context.getRoutes().stream()
                .filter(route -> DelegatedRoutes.endpointOf(route).isPresent())
                .filter(route -> consumers.stream().noneMatch(consumer -> consumer.getRoute() == route))
                .toList();
    }

    JsonObject json() {
        List<JsonObject> syncs = new ArrayList<>();
        consumers().forEach(consumer -> syncs.add(sync(consumer)));
        waitingRoutes().forEach(route -> syncs.add(waiting(route)));
        JsonObject root = new JsonObject();
        root.put("syncs", new JsonArray(syncs));
        root.put(
                "credentials",
                array(
                        components().stream()
                                .flatMap(component -> credentials(component.connections()))
                                .toList(),
                        credential -> credential));
        root.put(
                "producers",
                array(
                        components().stream()
                                .flatMap(component -> component.producerHealth().statistics().stream())
                                .toList(),
                        ContextView::producer));
        return root;
    }

    private static JsonObject sync(SyncGauges consumer) {
        CliniceaEndpoint endpoint = (CliniceaEndpoint) consumer.getEndpoint();
        JsonObject sync = new JsonObject();
        sync.put("routeId", consumer.getRouteId());
        sync.put("resource", endpoint.resource().name());
        sync.put("syncId", endpoint.syncId());
        sync.put("state", consumer.getStatus().name());
        if (consumer.getRoute() != null && consumer.getRoute().getEndpoint() != endpoint) {
            sync.put("leader", true);
        }
        sync.put("credential", consumer.credentialName());
        sync.put("syncTimestamp", consumer.getSyncTimestamp());
        sync.put("lastCleanPoll", consumer.getLastCleanPoll());
        sync.put("cleanPolls", consumer.getCleanPolls());
        sync.put("lastProgress", consumer.getLastProgress());
        sync.put("deliveredRows", consumer.getDeliveredRows());
        sync.put("rowsInFlight", consumer.getRowsInFlight());
        sync.put("failedRows", consumer.getFailedRows());
        sync.put("heldBackSince", consumer.getHeldBackSince());
        sync.put("failedAttempts", consumer.getFailedAttempts());
        sync.put("skippedRows", consumer.getSkippedRows());
        sync.put("echoesDropped", consumer.getEchoesDropped());
        sync.put("pagesInFlight", consumer.getPagesInFlight());
        sync.put("requestsPerSecond", consumer.getRequestsPerSecond());
        sync.put("requestBudget", consumer.getRequestBudget());
        sync.put("pollsPutOffUntil", consumer.getPollsPutOffUntil());
        sync.put("heldRows", array(consumer.heldRowList(), ContextView::heldRow));
        sync.put("recentPolls", array(consumer.recentPollList(), ContextView::poll));
        return sync;
    }

    private static JsonObject heldRow(HeldRow held) {
        JsonObject row = new JsonObject();
        row.put("recordId", held.recordId());
        row.put("modified", held.modified());
        row.put("status", held.status());
        row.put("attempts", held.attempts());
        row.put("heldSince", text(held.heldSince()));
        row.put("nextAttempt", text(held.nextAttempt()));
        row.put("lastFailure", held.lastFailure());
        row.put("version", held.version());
        return row;
    }

    private static JsonObject poll(PollSummary summary) {
        JsonObject poll = new JsonObject();
        poll.put("startedAt", text(summary.startedAt()));
        poll.put("millis", summary.duration().toMillis());
        poll.put("emitted", summary.emitted());
        poll.put("delivered", summary.delivered());
        poll.put("failed", summary.failed());
        poll.put("pages", summary.pages());
        poll.put("requests", summary.requests());
        poll.put("end", summary.end().name());
        return poll;
    }

    private static JsonObject waiting(Route route) {
        CliniceaEndpoint endpoint = DelegatedRoutes.endpointOf(route).orElseThrow();
        JsonObject sync = new JsonObject();
        sync.put("routeId", route.getRouteId());
        sync.put("resource", endpoint.getConfiguration().getResource());
        sync.put("state", "Waiting");
        sync.put("leader", false);
        return sync;
    }

    private static Stream<JsonObject> credentials(Connections connections) {
        Map<String, RequestBudget> budgets = connections.budgets().stream()
                .collect(Collectors.toMap(RequestBudget::credentialName, Function.identity()));
        return connections.limiters().stream()
                .sorted(Comparator.comparing(RequestRateLimiter::credentialName))
                .map(limiter -> credential(limiter, budgets.get(limiter.credentialName())));
    }

    private static JsonObject credential(RequestRateLimiter limiter, RequestBudget budget) {
        double rate = limiter.perSecond();
        JsonObject credential = new JsonObject();
        credential.put("credential", limiter.credentialName());
        credential.put("requestsPerSecond", Double.isInfinite(rate) ? 0 : rate);
        if (budget != null && !budget.usage().isEmpty()) {
            credential.put("budgets", array(budget.usage(), ContextView::budget));
        }
        return credential;
    }

    private static JsonObject budget(BudgetUsage usage) {
        JsonObject budget = new JsonObject();
        budget.put("option", usage.period().option());
        budget.put("used", usage.used());
        budget.put("limit", usage.limit());
        budget.put("endsAt", text(usage.endsAt()));
        return budget;
    }

    private static JsonObject producer(OperationStatistics statistics) {
        JsonObject producer = new JsonObject();
        producer.put("resource", statistics.resource());
        producer.put("credential", statistics.credential());
        Optional.ofNullable(statistics.outage()).ifPresent(outage -> {
            producer.put("failingSince", text(outage.since()));
            producer.put("failures", outage.failures());
        });
        producer.put("operations", array(statistics.calls(), ContextView::calls));
        return producer;
    }

    private static JsonObject calls(OperationStatistics.Calls calls) {
        JsonObject operation = new JsonObject();
        operation.put("operation", calls.operation());
        operation.put("calls", calls.calls());
        operation.put("failures", calls.failures());
        operation.put("outcomeUnknown", calls.outcomeUnknown());
        operation.put("lastFailure", calls.lastFailure());
        operation.put("lastFailureAt", text(calls.lastFailureAt()));
        return operation;
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> json) {
        return new JsonArray(values.stream().map(json).toList());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
