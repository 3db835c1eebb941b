/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.cli.ApiKeyOptions;
import io.github.camelclinicea.cli.BillLists;
import io.github.camelclinicea.cli.EndpointUri;
import io.github.camelclinicea.cli.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.util.StringHelper;

/**
 * Writes the options as URIs and as properties, for a user to copy.
 *
 * <p>Specified by {@code PrintedOptionsTest}.
 */
final class PrintedOptions {
    static final String CATALOGUE_FILE = "clinicea-catalogue.json";

    /** The options of a list that a catalogue cannot have, without secrets. */
    private static final Set<String> NOT_IN_A_CATALOGUE = Set.of("apiKeyHeader", "apiKeyParameter", "ignoreFields");

    private PrintedOptions() {}

    /** Returns the URI of each list that was found, by resource. */
    static Map<String, String> uris(ProbeFindings findings) {
        Map<String, String> uris = new LinkedHashMap<>();
        for (ListFindings list : findings.lists()) {
            if (list.isPathCertain()) {
                Map<String, String> options = new LinkedHashMap<>(findings.credential(list.version()));
                if (!findings.server().equals(ApiKeyOptions.CLINICEA)) {
                    options.put("baseUrl", findings.server());
                }
                options.putAll(new ListCorrections(list).all());
                uris.put(list.resource(), EndpointUri.of(list.resource(), options));
            }
        }
        return uris;
    }

    /**
     * Returns the lines of a properties file. The catalogue file has what differs by list. Options that it
     * cannot express are in comments, for the URIs.
     */
    static List<String> properties(ProbeFindings findings) {
        List<ListFindings> found =
                findings.lists().stream().filter(ListFindings::isPathCertain).toList();
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (!findings.server().equals(ApiKeyOptions.CLINICEA)) {
            lines.add(property("baseUrl", findings.server()));
        }
        Map<String, String> common = common(findings, found);
        common.forEach((name, value) -> lines.add(property(name, value)));
        if (!CatalogueOverlay.rows(found).isEmpty()) {
            lines.add(property("catalogue", "file:" + CATALOGUE_FILE));
        }
        for (ListFindings list : found) {
            Map<String, String> own = new LinkedHashMap<>();
            if (common.isEmpty()) {
                own.putAll(findings.credential(list.version()));
            }
            String ignored = new ListCorrections(list).all().get("ignoreFields");
            if (ignored != null) {
                own.put("ignoreFields", ignored);
            }
            if (!own.isEmpty()) {
                lines.add("# of the endpoint: " + EndpointUri.of(list.resource(), own));
            }
        }
        return lines;
    }

    /** Returns the commands that mirror the lists that were found: one for those of the key, one for those of a login. */
    static List<String> mirror(ProbeFindings findings) {
        Map<Boolean, List<ListFindings>> byLogin = findings.lists().stream()
                .filter(ListFindings::isPathCertain)
                .filter(list -> !list.resource().equals(BillLists.DELETED))
                .collect(Collectors.partitioningBy(
                        list -> findings.credential(list.version()).containsKey("username")));
        return byLogin.entrySet().stream()
                .filter(of -> !of.getValue().isEmpty())
                .map(of -> mirror(findings, of.getValue(), of.getKey()))
                .toList();
    }

    private static String mirror(ProbeFindings findings, List<ListFindings> lists, boolean login) {
        StringBuilder command = new StringBuilder("java -jar clinicea.jar mirror --resources="
                + lists.stream().map(ListFindings::resource).collect(Collectors.joining(",")));
        if (!findings.server().equals(ApiKeyOptions.CLINICEA)) {
            command.append(' ').append(ShellWord.of("--base-url=" + findings.server()));
        }
        if (!CatalogueOverlay.rows(findings.lists()).isEmpty()) {
            command.append(" --catalogue=" + CATALOGUE_FILE);
        }
        if (login) {
            command.append(" --username=NAME");
        }
        boolean bills = lists.stream().anyMatch(list -> list.resource().equals(BillLists.BILLS));
        findings.lists().stream()
                .filter(ListFindings::isPathCertain)
                .filter(list -> lists.contains(list) || bills && list.resource().equals(BillLists.DELETED))
                .forEach(list -> {
                    Map<String, String> options = new LinkedHashMap<>(findings.credential(list.version()));
                    options.putAll(new ListCorrections(list).all());
                    options.keySet().retainAll(NOT_IN_A_CATALOGUE);
                    options.forEach((name, value) -> command.append(" --option=")
                            .append(ShellWord.of(list.resource() + "." + name + "=" + value)));
                });
        return command.toString();
    }

    /** Returns the options of the credential if all lists need the same. An endpoint could not take one back. */
    private static Map<String, String> common(ProbeFindings findings, List<ListFindings> found) {
        List<Map<String, String>> credentials = found.stream()
                .map(list -> findings.credential(list.version()))
                .distinct()
                .toList();
        return credentials.size() == 1 ? credentials.get(0) : Map.of();
    }

    private static String property(String option, String value) {
        return "camel.component.clinicea." + StringHelper.camelCaseToDash(option) + "=" + value;
    }
}
