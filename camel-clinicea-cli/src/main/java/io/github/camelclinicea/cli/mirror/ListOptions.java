/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaEndpointUriFactory;
import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.cli.EndpointUri;
import io.github.camelclinicea.client.CredentialNames;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds options of the endpoints that read the lists. An option is for all lists, or for one: {@code firstPage=1} or
 * {@code bills.firstPage=1}.
 *
 * <p>Specified by {@code ListOptionsTest}.
 */
final class ListOptions {
    private static final CliniceaEndpointUriFactory ENDPOINT = new CliniceaEndpointUriFactory();

    /** The options that the mirror depends on, or that have an option of the command. */
    private static final Set<String> OF_THE_MIRROR = Set.of(
            "resource",
            "baseUrl",
            "batching",
            "bodyType",
            "delay",
            "exceptionHandler",
            "maxMessagesPerPoll",
            "pollStrategy",
            "repeatCount",
            "scheduledExecutorService",
            "scheduler",
            "schedulerProperties",
            "startScheduler",
            "statuses",
            "idempotentRepository",
            "initialDelay",
            "operation",
            "stateDataSource",
            "syncId",
            "transacted",
            "transactedPolicy");

    private static final String FOR_ALL = "";
    private static final String PARAMETER = "parameter.";
    private static final CredentialNames CREDENTIALS = CredentialNames.of(List.of("api", "api_key"), true);

    private final Map<String, Map<String, String>> byResource = new LinkedHashMap<>();

    /**
     * Reads options.
     *
     * @param texts each {@code name=value} or {@code resource.name=value}
     * @param resources the resources that are read
     * @throws IllegalArgumentException if one is wrong; the message names it, without its value
     */
    static ListOptions parse(Collection<String> texts, Collection<String> resources) {
        ListOptions options = new ListOptions();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--option needs NAME=VALUE, such as firstPage=1");
            }
            String name = text.substring(0, equals);
            String resource = resourceIn(name);
            if (!resource.equals(FOR_ALL)) {
                if (!resources.contains(resource)) {
                    throw new IllegalArgumentException("--option " + name + ": " + resource
                            + " is not mirrored; --resources is " + String.join(",", resources));
                }
                name = name.substring(resource.length() + 1);
            }
            check(name);
            options.put(resource, name, EndpointUri.unquoted(text.substring(equals + 1)));
        }
        return options;
    }

    /** Returns the resource before the first dot, or an empty text for an option of all lists. */
    private static String resourceIn(String name) {
        int dot = name.indexOf('.');
        boolean prefixed = ENDPOINT.multiValuePrefixes().values().stream().anyMatch(name::startsWith);
        return dot < 1 || prefixed ? FOR_ALL : name.substring(0, dot);
    }

    private static void check(String name) {
        if (ENDPOINT.secretPropertyNames().contains(name) || isCredential(name)) {
            throw new IllegalArgumentException(
                    "--option must not have a secret such as " + name + "; use --api-key, --username or --password");
        }
        if (OF_THE_MIRROR.contains(name) || name.startsWith("scheduler.")) {
            throw new IllegalArgumentException("--option cannot set " + name + ", which the mirror sets itself"
                    + (name.equals("delay") || name.equals("baseUrl") ? "; there is an option of its own" : ""));
        }
        boolean prefixed = ENDPOINT.multiValuePrefixes().values().stream()
                .anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
        if (!prefixed && !ENDPOINT.propertyNames().contains(name)) {
            String meant = Suggestion.of(name, new TreeSet<>(ENDPOINT.propertyNames()));
            throw new IllegalArgumentException("--option: the endpoint has no option " + name + ". " + meant);
        }
    }

    private static boolean isCredential(String name) {
        return name.startsWith(PARAMETER)
                && (CREDENTIALS.hold(name.substring(PARAMETER.length()))
                        || CREDENTIALS.holdInQuery(name.substring(PARAMETER.length())));
    }

    /** Sets an option of all lists. */
    void putForAll(String name, String value) {
        put(FOR_ALL, name, value);
    }

    /** Sets an option of one list, unless it is given. */
    void putIfAbsent(String resource, String name, String value) {
        byResource.computeIfAbsent(resource, key -> new LinkedHashMap<>()).putIfAbsent(name, value);
    }

    private void put(String resource, String name, String value) {
        byResource.computeIfAbsent(resource, key -> new LinkedHashMap<>()).put(name, value);
    }

    /** Returns the URI of the endpoint that reads a list, with these options only. */
    String uri(String resource) {
        Map<String, String> options = new LinkedHashMap<>(byResource.getOrDefault(FOR_ALL, Map.of()));
        options.putAll(byResource.getOrDefault(resource, Map.of()));
        return EndpointUri.of(resource, options);
    }

    /** Returns the names, because a value may be a secret in spite of all. */
    @Override
    public String toString() {
        return byResource.values().stream()
                .map(Map::keySet)
                .map(Set::toString)
                .collect(Collectors.joining(" ", "ListOptions", ""));
    }
}
