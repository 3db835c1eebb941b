/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.client.http.Response;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends requests with the credential, and learns on the way in which forms each version of the API accepts it. Once one
 * form is accepted, a request that is needed anyway carries one that was not tried yet. If the server refuses it, the
 * request is repeated in the accepted form. So each form costs a request of its own only where it is refused. A failure
 * that may pass is asked once more.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class KeyForms {
    /** The knowledge about a form: accepted, or the status that refused it. */
    record Verdict(boolean accepted, int status) {
        String words() {
            return accepted ? "accepted" : "refused (" + status + ")";
        }
    }

    /** After so many requests that failed in all forms, while none succeeded, one form is tried for each. */
    private static final int HOPELESS = 3;

    private final Wire wire;
    private final Map<KeyForm, String> secrets = new EnumMap<>(KeyForm.class);
    private final Map<String, Map<KeyForm, Verdict>> verdicts = new TreeMap<>();
    private final Map<String, Set<KeyForm>> sent = new TreeMap<>();
    /** The forms whose refusal was asked again. */
    private final Map<String, Set<KeyForm>> confirmed = new TreeMap<>();

    private int failedInAllForms;

    /** @param apiKey the key of the organisation, or null */
    KeyForms(Wire wire, String apiKey) {
        this.wire = wire;
        if (apiKey != null) {
            EnumSet.of(KeyForm.API, KeyForm.API_KEY, KeyForm.QUERY).forEach(form -> secrets.put(form, apiKey));
        }
    }

    /** Adds the token of a staff login. */
    void loggedIn(String token) {
        secrets.put(KeyForm.TOKEN, token);
    }

    /** Returns the forms that can be sent, with or without a verdict. */
    Set<KeyForm> available() {
        return secrets.keySet();
    }

    /** Returns whether each version that was asked got a request in each form. */
    boolean allTried() {
        return sent.values().stream().allMatch(forms -> forms.containsAll(secrets.keySet()));
    }

    Optional<Verdict> verdict(String version, KeyForm form) {
        return Optional.ofNullable(known(version).get(form));
    }

    /** Returns the forms that a version accepts, in the order of {@link KeyForm}. */
    List<KeyForm> accepted(String version) {
        return known(version).entrySet().stream()
                .filter(entry -> entry.getValue().accepted())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<KeyForm, Verdict> known(String version) {
        return verdicts.computeIfAbsent(version, v -> new EnumMap<>(KeyForm.class));
    }

    /** Returns the first form of a version that has no verdict; empty if each has one. */
    private Optional<KeyForm> untried(String version) {
        return secrets.keySet().stream()
                .filter(form -> !known(version).containsKey(form))
                .findFirst();
    }

    /**
     * Sends a request in a form that is accepted, as far as one is known.
     *
     * @param query the request
     * @param mayTry whether it may try another form, because a list is expected
     */
    ListResponse ask(ListQuery query, boolean mayTry) throws InterruptedException {
        ListResponse response = once(query, mayTry);
        // Without an accepted form, a 401 or a redirect has been asked again already, in each form.
        boolean again = response.mayPass()
                && (response.status() >= 500 || !accepted(query.version()).isEmpty());
        if (!again) {
            return response;
        }
        ListResponse second = once(query, false);
        return second.isAsked() ? second : response;
    }

    private ListResponse once(ListQuery query, boolean mayTry) throws InterruptedException {
        String version = query.version();
        List<KeyForm> accepted = accepted(version);
        if (accepted.isEmpty()) {
            return first(query);
        }
        Optional<KeyForm> untried = mayTry && wire.left() > 1 ? untried(version) : Optional.empty();
        if (untried.isEmpty()) {
            return send(query, accepted.get(0));
        }
        ListResponse tried = send(query, untried.get());
        if (tried.isList()) {
            accept(version, untried.get());
            return tried;
        }
        ListResponse again = send(query, accepted.get(0));
        if (again.isList() && mayBeDueToKey(tried)) {
            refuse(version, untried.get(), tried);
        }
        return again.isAsked() ? again : tried;
    }

    /** Tries the forms one after the other, until one is accepted. */
    private ListResponse first(ListQuery query) throws InterruptedException {
        String version = query.version();
        Map<KeyForm, ListResponse> refusals = new EnumMap<>(KeyForm.class);
        ListResponse response = ListResponse.NOT_ASKED;
        for (KeyForm form : inOrder(version)) {
            ListResponse one = send(query, form);
            if (!one.isAsked()) {
                break;
            }
            response = one;
            if (response.isList()) {
                accept(version, form);
                refusals.forEach((refused, by) -> refuse(version, refused, by));
            }
            if (!mayBeDueToForm(response)) {
                break;
            }
            refusals.put(form, response);
        }
        failedInAllForms += mayBeDueToForm(response) ? 1 : 0;
        return response;
    }

    /** Returns whether another form may get another response: a server may respond to a missing key with a login page. */
    private static boolean mayBeDueToForm(ListResponse response) {
        return response.isUnauthorized()
                || response.outcome() == ListResponse.Outcome.NO_LIST
                || response.status() >= 300 && response.status() < 400;
    }

    /** Returns whether a response may have failed for its form, if the same request succeeds in another one. */
    private static boolean mayBeDueToKey(ListResponse response) {
        return mayBeDueToForm(response) || response.status() == 400 || response.status() == 404;
    }

    /** Returns the forms that can be sent, those first that another version accepts. */
    private List<KeyForm> inOrder(String version) {
        List<KeyForm> order = new ArrayList<>(secrets.keySet());
        order.removeIf(form -> verdict(version, form).filter(v -> !v.accepted()).isPresent());
        order.sort((one, other) -> Boolean.compare(isAcceptedAnywhere(other), isAcceptedAnywhere(one)));
        boolean hopeless = failedInAllForms >= HOPELESS && order.stream().noneMatch(this::isAcceptedAnywhere);
        // Each list has another form in turn: the module may be refused, and not the form.
        return hopeless && !order.isEmpty() ? List.of(order.get(failedInAllForms % order.size())) : order;
    }

    private boolean isAcceptedAnywhere(KeyForm form) {
        return verdicts.values().stream()
                .anyMatch(known -> known.containsKey(form) && known.get(form).accepted());
    }

    /**
     * Sends a request in each form that a version has no verdict for. A form is refused if the status is 401 or 403,
     * and accepted if the response is a list, or another form is refused where this one is not.
     */
    void askEach(ListQuery query) throws InterruptedException {
        String version = query.version();
        Map<KeyForm, ListResponse> responses = new EnumMap<>(KeyForm.class);
        for (KeyForm form : secrets.keySet()) {
            if (!known(version).containsKey(form)) {
                ListResponse response = send(query, form);
                if (response.isAsked()) {
                    responses.put(form, response);
                }
            }
        }
        boolean anyRefused = responses.values().stream().anyMatch(ListResponse::isUnauthorized);
        boolean anyPassed = responses.values().stream().anyMatch(KeyForms::hasPassed);
        responses.forEach((form, response) -> {
            if (response.isList() || anyRefused && hasPassed(response)) {
                accept(version, form);
            } else if (response.isUnauthorized() && anyPassed) {
                refuse(version, form, response);
            }
        });
    }

    /**
     * Sends a request once more in each form that a version refused with 401 or 403, since one such response may pass.
     * To be called last, for a request that an accepted form gets rows by: each form costs a request, once.
     */
    void askRefusedAgain(ListQuery query) throws InterruptedException {
        String version = query.version();
        for (KeyForm form : secrets.keySet()) {
            boolean isRefused = verdict(version, form)
                    .filter(verdict -> Response.refusesCredentials(verdict.status()))
                    .isPresent();
            if (isRefused
                    && confirmed
                            .computeIfAbsent(version, v -> EnumSet.noneOf(KeyForm.class))
                            .add(form)
                    && send(query, form).isList()) {
                accept(version, form);
            }
        }
    }

    /** Returns whether the server looked at a request further than at its credential. */
    private static boolean hasPassed(ListResponse response) {
        return response.isList() || response.status() == 400 || response.status() == 404;
    }

    private void accept(String version, KeyForm form) {
        known(version).put(form, new Verdict(true, 0));
    }

    private void refuse(String version, KeyForm form, ListResponse by) {
        known(version).put(form, new Verdict(false, by.status()));
    }

    private ListResponse send(ListQuery query, KeyForm form) throws InterruptedException {
        String secret = secrets.get(form);
        sent.computeIfAbsent(query.version(), version -> EnumSet.noneOf(KeyForm.class))
                .add(form);
        int before = wire.sent();
        Optional<Wire.Response> response = wire.get(query.target(form.query(secret)), form.headers(secret));
        if (response.isPresent() && response.get().status() != Wire.TOO_MANY_REQUESTS) {
            return Rows.of(response.get());
        }
        return response.isPresent() || wire.sent() == before ? ListResponse.NOT_ASKED : ListResponse.NO_RESPONSE;
    }
}
