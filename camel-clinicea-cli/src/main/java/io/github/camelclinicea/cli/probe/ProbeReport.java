/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of a run, without a value of a row and without a secret.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param server the address of the server
 * @param requests the number of requests that were sent
 * @param failure why the probe failed or ended early, and what to do; empty if it did not
 * @param facts the facts in the order of the report
 * @param fields the names of the fields of each list with rows, by resource
 * @param uris the URI of each list that was found, by resource
 * @param properties the lines of a properties file
 * @param mirror the commands that mirror the lists; empty if none was found
 * @param catalogue the catalogue file
 * @param found the names of the lists that were found
 */
record ProbeReport(
        String server,
        int requests,
        Optional<String> failure,
        List<Fact> facts,
        Map<String, FieldNames> fields,
        Map<String, String> uris,
        List<String> properties,
        List<String> mirror,
        ObjectNode catalogue,
        List<String> found) {

    static ProbeReport of(ProbeFindings findings) {
        Map<String, FieldNames> fields = new LinkedHashMap<>();
        for (ListFindings list : findings.lists()) {
            if (list.hasRows()) {
                fields.put(list.resource(), ListFacts.names(list));
            }
        }
        return new ProbeReport(
                findings.server(),
                findings.wire().sent(),
                failure(findings),
                facts(findings),
                fields,
                PrintedOptions.uris(findings),
                PrintedOptions.properties(findings),
                PrintedOptions.mirror(findings),
                CatalogueOverlay.of(findings.lists()),
                findings.lists().stream()
                        .filter(ListFindings::isPathCertain)
                        .map(ListFindings::resource)
                        .toList());
    }

    private static List<Fact> facts(ProbeFindings findings) {
        List<Fact> facts = new ArrayList<>(ServerFacts.of(findings.wire()));
        facts.addAll(KeyFacts.of(findings));
        for (SinceFamily family : findings.families()) {
            if (!family.isProven()) {
                continue;
            }
            ListFindings first = findings.lists().stream()
                    .filter(list -> list.family() == family)
                    .findFirst()
                    .orElseThrow();
            facts.addAll(SinceFacts.of(family, first));
        }
        findings.lists().forEach(list -> facts.addAll(ListFacts.of(list)));
        return facts;
    }

    private static Optional<String> failure(ProbeFindings findings) {
        Optional<String> stopped = findings.wire().stopReason();
        if (stopped.isPresent() || findings.reached()) {
            return stopped;
        }
        if (findings.keys().available().isEmpty()) {
            return Optional.of("The staff login got no token. Check --username and --password, and whether the login"
                    + " needs --api-key too");
        }
        boolean allTried = findings.keys().allTried();
        boolean unauthorized = findings.lists().stream()
                .flatMap(list -> list.tried().values().stream())
                .anyMatch(ListResponse::isUnauthorized);
        if (unauthorized && !allTried) {
            return Optional.of(
                    "The server refused all lists that were asked, but not each form of the key was tried. Run"
                            + " the probe again with --resource=NAME of a list that the account's role may read");
        }
        return Optional.of(
                unauthorized
                        ? "The server refused the credential for all lists that were asked. Check --api-key, or"
                                + " --username and --password, and what the account's role may read"
                        : "No list responded with one. Check --base-url; the table has the statuses");
    }

    /** Returns whether some fact was left out for the number of requests. */
    boolean leftOut() {
        return requests >= Wire.MAX_REQUESTS
                && facts.stream().anyMatch(fact -> fact.seen().equals(Fact.NOT_ASKED));
    }
}
