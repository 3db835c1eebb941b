/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.catalog.ChangeList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The responses of one list, and the facts that they show.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class ListFindings {
    /** The most rows that are kept of one response, to compare them with others. */
    private static final int KEPT_ROWS = 500;

    private final String resource;
    private final ChangeList list;
    private final List<String> paths;
    private final SinceFamily family;
    private final Map<String, ListResponse> tried = new LinkedHashMap<>();
    private final Map<Integer, ListResponse> pages = new TreeMap<>();
    private final Map<Integer, ListResponse> sizes = new TreeMap<>();
    private final List<List<ObjectNode>> readings = new ArrayList<>();
    private String path;
    private PageBase base = PageBase.NOT_ASKED;
    private Effect since = Effect.NOT_ASKED;
    private boolean respectsDocumented;

    /** @param paths the paths where the list may be, the likely first */
    ListFindings(String resource, ChangeList list, List<String> paths, SinceFamily family) {
        this.resource = resource;
        this.list = list;
        this.paths = paths;
        this.family = family;
    }

    String resource() {
        return resource;
    }

    ChangeList list() {
        return list;
    }

    List<String> paths() {
        return paths;
    }

    SinceFamily family() {
        return family;
    }

    /** Returns the version of the API that the list belongs to. */
    String version() {
        return ListQuery.version(path == null ? paths.get(0) : path);
    }

    /** Notes the response of a path. */
    void tried(String candidate, ListResponse response) {
        tried.put(candidate, response);
    }

    /** Returns the last response of each path that was asked. */
    Map<String, ListResponse> tried() {
        return tried;
    }

    void foundAt(String candidate) {
        path = candidate;
    }

    /** Returns the path of the list; null if it was not found. */
    String path() {
        return path;
    }

    void page(int number, ListResponse response) {
        pages.put(number, response);
    }

    /** Returns the last response to a page. */
    ListResponse page(int number) {
        return pages.getOrDefault(number, ListResponse.NOT_ASKED);
    }

    /** Returns whether the list was found at its path: no other path is possible, or it has rows. */
    boolean isPathCertain() {
        return responded() && (paths.size() == 1 || hasRows());
    }

    /** Returns whether some request for the list got a list. */
    boolean responded() {
        return pages.values().stream().anyMatch(ListResponse::isList);
    }

    boolean hasRows() {
        return pages.values().stream().anyMatch(ListResponse::hasRows);
    }

    /** Returns the number of the first page with rows, which is asked for further facts. */
    int rowsAt() {
        if (base.number() != null) {
            return base.number();
        }
        return pages.entrySet().stream()
                .filter(page -> page.getValue().hasRows())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    void size(int asked, ListResponse response) {
        sizes.put(asked, response);
    }

    Optional<ListResponse> size(int asked) {
        return Optional.ofNullable(sizes.get(asked));
    }

    void base(PageBase found) {
        base = found;
    }

    PageBase base() {
        return base;
    }

    /** Notes what a way to ask this list showed. */
    void since(SinceChoice choice, Effect effect) {
        since = effect;
        respectsDocumented |= choice.equals(family.documented()) && effect.isRespected();
    }

    /** Returns whether this list itself was seen to respect the documented request. */
    boolean respectsDocumented() {
        return respectsDocumented;
    }

    /** Returns whether this list respects the moment since which changes are asked. */
    Effect since() {
        return since;
    }

    void read(List<ObjectNode> rows) {
        // A list without pages may have tens of thousands.
        readings.add(rows.size() > KEPT_ROWS ? List.copyOf(rows.subList(0, KEPT_ROWS)) : rows);
    }

    /** Returns the rows of each response, in the order of the requests. */
    List<List<ObjectNode>> readings() {
        return readings;
    }

    FieldFinder fields() {
        return new FieldFinder(resource, list, readings);
    }

    /** Returns the second page; without rows if it is not known, or repeats the first. */
    ListResponse secondPage() {
        ListResponse second = base.number() == null ? ListResponse.NOT_ASKED : page(base.number() + 1);
        boolean differs = second.hasRows()
                && isSame(page(base.number()), second).filter(same -> !same).isPresent();
        return differs ? second : ListResponse.NOT_ASKED;
    }

    /** Returns the rows of the first two pages, in their order. */
    List<ObjectNode> firstPages() {
        List<ObjectNode> rows = new ArrayList<>(page(rowsAt()).rows());
        rows.addAll(secondPage().rows());
        return rows;
    }

    /**
     * Returns whether two pages have mostly the same rows. Some may have changed between the requests. Empty if that
     * cannot be seen, because a row has neither an id nor a stamp.
     */
    Optional<Boolean> isSame(ListResponse one, ListResponse other) {
        FieldFinder fields = fields();
        // Rows that were all changed at once have one stamp.
        Optional<String> stamp = fields.modified()
                .filter(field -> 2 * values(one, field).size() > one.rows().size());
        return fields.id().or(() -> stamp).map(field -> {
            Set<String> shared = new HashSet<>(values(one, field));
            shared.retainAll(values(other, field));
            return 2 * shared.size()
                    > Math.min(values(one, field).size(), values(other, field).size());
        });
    }

    private static Set<String> values(ListResponse page, String field) {
        return page.rows().stream().map(row -> FieldFinder.text(row, field)).collect(Collectors.toSet());
    }
}
