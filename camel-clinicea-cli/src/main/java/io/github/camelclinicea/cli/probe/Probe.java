/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.client.http.Parameter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a server the questions of the probe, the important ones first: what the number of requests leaves out stays
 * open. One response settles as much as it can.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class Probe {
    /** The id of no record, for a look-up whose status alone matters. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final ProbeSettings settings;
    private final Clock clock;
    private final Wire wire;
    private final KeyForms keys;
    private final Lists lists;
    private final LoginQuestions login;
    private final List<ListFindings> found = new ArrayList<>();

    Probe(ProbeSettings settings, Pause pause, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.wire = new Wire(settings.baseUrl(), settings.pause(), settings.timeout(), pause);
        this.keys = new KeyForms(wire, settings.apiKey());
        this.lists = new Lists(keys);
        this.login = new LoginQuestions(wire, keys);
        Map<List<SinceParameter>, SinceFamily> families = new HashMap<>();
        for (String name : settings.resources()) {
            Resource resource = Catalogue.shipped().resource(name).orElseThrow();
            SinceFamily family = families.computeIfAbsent(resource.changes().since(), SinceFamily::new);
            found.add(new ListFindings(name, resource.changes(), paths(resource), family));
        }
    }

    /** Returns the paths of a resource's change list, the likely first; one if a source names it. */
    static List<String> paths(Resource resource) {
        return resource.guessedPath()
                ? resource.pathGuesses()
                : List.of(resource.changes().path());
    }

    /** Asks all questions, as far as the number of requests allows. An interrupt ends the questions, too. */
    ProbeFindings run() {
        ProbeFindings findings = new ProbeFindings(settings, wire, keys, login, found);
        try {
            ask(findings);
        } catch (InterruptedException e) {
            // The thread goes on with the report, whose files an interrupt would close.
            wire.stop();
        }
        return findings;
    }

    private void ask(ProbeFindings findings) throws InterruptedException {
        if (settings.hasLogin()) {
            login.ask(settings);
        }
        if (!keys.available().isEmpty()) {
            PageQuestions pages = new PageQuestions(lists, wire, found.size() == 1);
            for (ListFindings list : found) {
                pages.ask(list);
            }
        }
        if (findings.reached()) {
            askFacts(findings);
        }
    }

    private void askFacts(ProbeFindings findings) throws InterruptedException {
        StampQuestions stamps = new StampQuestions(lists);
        SinceQuestions since = new SinceQuestions(lists, clock, wire.headers());
        List<ListFindings> withRows =
                found.stream().filter(ListFindings::hasRows).toList();
        for (ListFindings list : withRows) {
            stamps.ask(list);
        }
        for (SinceFamily family : findings.families()) {
            since.askNames(family);
        }
        for (ListFindings list : withRows) {
            askSizes(list);
        }
        if (found.size() > 1) {
            keys.askEach(lookUpOfNobody());
        }
        for (SinceFamily family : findings.families()) {
            since.askFormats(family);
            since.prove(family);
            if (family.asked() != null && !family.knowsInclusive()) {
                stamps.ask(family.asked());
            }
        }
        for (ListFindings list : withRows) {
            askRest(list);
        }
        for (ListFindings list : withRows) {
            lists.refusedFormsAgain(list);
        }
    }

    private void askSizes(ListFindings list) throws InterruptedException {
        if (list.list().pageSize().name() != null) {
            list.size(SizeFacts.SMALL, lists.ofSize(list, SizeFacts.SMALL, true));
            list.size(SizeFacts.LARGE, lists.ofSize(list, SizeFacts.LARGE, false));
        }
    }

    /** Asks for the second page where it was not needed to find the first, and for the forms of the key left over. */
    private void askRest(ListFindings list) throws InterruptedException {
        Integer first = list.base().number();
        if (first != null && !list.page(first + 1).isAsked()) {
            lists.page(list, first + 1, true);
        }
        for (KeyForm form : keys.available()) {
            if (keys.verdict(list.version(), form).isEmpty()) {
                lists.page(list, list.rowsAt(), true);
            }
        }
    }

    /** Returns the look-up of the catalogue on version 2, of a patient who does not exist. */
    private static ListQuery lookUpOfNobody() {
        Operation lookUp = Catalogue.shipped()
                .resource("patientPackages")
                .flatMap(resource -> resource.operation("listByPatient"))
                .orElseThrow();
        return new ListQuery(
                lookUp.path(),
                List.of(
                        new Parameter("patientID", NOBODY),
                        new Parameter("packageStatus", "0"),
                        new Parameter(lookUp.paging().page().name(), "1")),
                false);
    }
}
