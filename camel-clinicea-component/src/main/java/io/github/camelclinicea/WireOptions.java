/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.EndpointOptions.list;
import static io.github.camelclinicea.EndpointOptions.positive;
import static io.github.camelclinicea.EndpointOptions.present;
import static io.github.camelclinicea.EndpointOptions.require;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Grade;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.PageParameter;
import io.github.camelclinicea.catalog.PageSize;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Part;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.catalog.TimestampFormat;
import io.github.camelclinicea.client.http.Parameter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies the options that correct or extend what the catalogue knows about a resource. Each method throws an
 * {@link IllegalArgumentException} that names the wrong option.
 *
 * <p>Specified by {@code BadOptionsTest} and {@code EndpointFuzzTest}.
 */
final class WireOptions {
    private final CliniceaConfiguration options;
    private final Catalogue catalogue;

    WireOptions(CliniceaConfiguration options, Catalogue catalogue) {
        this.options = options;
        this.catalogue = catalogue;
    }

    /**
     * Returns the resource from the catalogue, or one by the help page's conventions if the catalogue does not have
     * it.
     */
    Resource resource() {
        String name = options.getResource();
        String path = options.getPath();
        require(path == null || path.startsWith("/"), "path must start with a slash, as in /api/v1/patients");
        return catalogue.resource(name).orElseGet(() -> {
            require(
                    present(path),
                    "Unknown resource '" + name + "'. " + Suggestion.of(name, catalogue.names()) + "The catalogue has "
                            + catalogue.names() + "; for any other set the path option to its path on the server");
            return byHelp(name, path);
        });
    }

    private Resource byHelp(String name, String path) {
        try {
            return catalogue.byHelp(name, path);
        } catch (IllegalArgumentException e) {
            // Its message is about the catalogue's file, not about the option.
            throw new IllegalArgumentException(
                    "path must start with a slash and hold only what a URL's path may, as in /api/v1/patients");
        }
    }

    /** Returns the resource's change list with the user's corrections; null if none is known. */
    ChangeList changes(Resource resource) {
        ChangeList known = resource.changes();
        if (known == null) {
            if (options.getPath() == null) {
                return null;
            }
            known = byHelp(resource.name(), options.getPath()).changes();
        }
        return new ChangeList(
                Objects.requireNonNullElse(options.getPath(), known.path()),
                since(known),
                new PageParameter(
                        Objects.requireNonNullElse(
                                options.getPageParameter(), known.page().name()),
                        known.page().first()),
                new PageSize(
                        options.getPageSizeParameter() == null
                                ? known.pageSize().name()
                                : options.getPageSizeParameter(),
                        positive(
                                "pageSize",
                                Objects.requireNonNullElse(
                                        options.getPageSize(), known.pageSize().rows()))),
                fields(options.getIdField(), known.idFields()),
                fields(options.getStatusField(), known.statusFields()),
                fields(options.getModifiedField(), known.modifiedFields()),
                known.dropsDeleted(),
                known.arguments(),
                known.grade(),
                grades(known),
                nameGrades(known),
                known.note());
    }

    /** Returns the options that state a part. The part, and each name in it, is then the user's own. */
    private Map<Part, Object> stated() {
        Map<Part, Object> stated = new EnumMap<>(Part.class);
        stated.put(Part.PATH, options.getPath());
        stated.put(Part.SINCE, options.getSyncParameter());
        stated.put(Part.PAGE, options.getPageParameter());
        stated.put(Part.FIRST_PAGE, options.getFirstPage());
        stated.put(Part.PAGE_SIZE, options.getPageSize());
        stated.put(Part.ID_FIELDS, options.getIdField());
        stated.put(Part.STATUS_FIELDS, options.getStatusField());
        stated.put(Part.MODIFIED_FIELDS, options.getModifiedField());
        stated.values().removeIf(Objects::isNull);
        return stated;
    }

    private Map<String, Grade> grades(ChangeList known) {
        Map<String, Grade> grades = new HashMap<>(known.grades());
        stated().keySet().forEach(part -> grades.put(part.key(), Grade.OWN));
        return grades;
    }

    private Map<String, Grade> nameGrades(ChangeList known) {
        Map<String, Grade> grades = new HashMap<>(known.nameGrades());
        stated().values().forEach(option -> list(option.toString()).forEach(name -> grades.put(name, Grade.OWN)));
        return grades;
    }

    /**
     * Checks that the API key's query parameter has a name of its own.
     *
     * @param changes the resource's change list, or null if none is known
     */
    void checkKeyParameter(Resource resource, ChangeList changes) {
        String name = options.getApiKeyParameter();
        Set<String> taken = new LinkedHashSet<>();
        parameters().forEach(parameter -> taken.add(parameter.name()));
        if (changes != null) {
            changes.since().forEach(since -> taken.add(since.name()));
            taken.add(changes.page().name());
            taken.add(changes.pageSize().name());
            changes.arguments().forEach(argument -> taken.add(argument.name()));
        }
        for (Operation operation : resource.operations()) {
            operation.arguments().forEach(argument -> taken.add(argument.name()));
            if (operation.paging() != null) {
                taken.add(operation.paging().page().name());
                taken.add(operation.paging().pageSize().name());
            }
        }
        require(
                !present(name) || taken.stream().noneMatch(name::equalsIgnoreCase),
                "apiKeyParameter=" + name + " is a query parameter of " + resource.name()
                        + " itself, so it cannot carry the API key; the name that is known for it is api_key");
    }

    /** Checks the options about pages. A producer uses them too, even if the resource has no change list. */
    void checkPages() {
        require(
                options.getFirstPage() == null || options.getFirstPage() >= 0,
                "firstPage must be 0 or more, not " + options.getFirstPage());
        if (options.getPageSize() != null) {
            positive("pageSize", options.getPageSize());
        }
        positive("maxPages", options.getMaxPages());
    }

    /**
     * Returns how to request the pages of a look-up, with the user's {@code pageSize}; null if the look-up has no
     * pages.
     */
    static Paging paging(CliniceaConfiguration options, Paging known) {
        return known == null || options.getPageSize() == null
                ? known
                : new Paging(known.page(), new PageSize(known.pageSize().name(), options.getPageSize()));
    }

    private List<SinceParameter> since(ChangeList known) {
        if (options.getSyncParameter() == null) {
            return known.since().stream()
                    .map(since -> new SinceParameter(since.name(), timestampFormat(since.format())))
                    .toList();
        }
        TimestampFormat fromCatalogue = known.since().stream()
                .filter(since -> since.name().equals(options.getSyncParameter()))
                .findFirst()
                .orElse(known.since().get(0))
                .format();
        return List.of(new SinceParameter(options.getSyncParameter(), timestampFormat(fromCatalogue)));
    }

    private TimestampFormat timestampFormat(TimestampFormat fromCatalogue) {
        if (options.getTimestampFormat() == null) {
            return fromCatalogue;
        }
        try {
            return TimestampFormat.of(options.getTimestampFormat());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "timestampFormat=" + options.getTimestampFormat()
                            + " is neither ISO_OFFSET or UTC_SECONDS nor a pattern of "
                            + "java.time.format.DateTimeFormatter",
                    e);
        }
    }

    /** Returns the additional query parameters of the change list. */
    List<Parameter> parameters() {
        return options.getParameters() == null
                ? List.of()
                : options.getParameters().entrySet().stream()
                        .map(extra -> new Parameter(extra.getKey(), String.valueOf(extra.getValue())))
                        .toList();
    }

    /**
     * Returns the fields whose values do not count as a change.
     *
     * @param changes the resource's change list, or null if none is known
     */
    Set<String> ignoredFields(ChangeList changes) {
        Set<String> ignored = Set.copyOf(list(options.getIgnoreFields()));
        if (changes != null) {
            requireNoneOf(ignored, changes.idFields(), "id", "idField");
            requireNoneOf(ignored, changes.statusFields(), "status", "statusField");
            requireNoneOf(ignored, changes.modifiedFields(), "modified stamp", "modifiedField");
        }
        return ignored;
    }

    private static void requireNoneOf(Set<String> ignored, List<String> fields, String what, String option) {
        for (String field : fields) {
            require(
                    !ignored.contains(field),
                    "ignoreFields names '" + field + "', which may hold a row's " + what
                            + ": leave it out of ignoreFields, or, if it holds something else, name the right field in "
                            + option);
        }
    }

    private static List<String> fields(String option, List<String> fromCatalogue) {
        return option == null ? fromCatalogue : list(option);
    }
}
