/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.cli.probe.ServerWay.Name;
import io.github.camelclinicea.cli.probe.ServerWay.OneList;
import io.github.camelclinicea.cli.probe.ServerWay.Since;
import io.github.camelclinicea.cli.probe.ServerWay.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that a report on a {@link ServerWay} may make. */
final class Truth {
    private static final String NOTHING = "nothing";

    private final ServerWay way;

    Truth(ServerWay way) {
        this.way = way;
    }

    /** Returns whether a fact says nothing, or the truth. */
    boolean allows(Fact fact) {
        String seen = fact.seen();
        if (seen.startsWith(Fact.NOT_ASKED) || seen.startsWith(Fact.NOT_KNOWN)) {
            return true;
        }
        if (fact.subject().equals("server")) {
            return server(fact.name(), seen);
        }
        if (fact.subject().startsWith("API ")) {
            return key(fact.subject().substring(4), fact.name(), seen);
        }
        if (fact.subject().equals("staff login")) {
            boolean accepted = fact.name().startsWith("without") ? way.loginWithoutKey : way.loginWithKey;
            return seen.equals(accepted ? "accepted" : "refused (401)");
        }
        return fact.subject().startsWith("since of ")
                ? since(fact.subject().substring("since of ".length()), fact.name(), seen)
                : list(way.lists.get(fact.subject()), fact.name(), seen);
    }

    private boolean server(String name, String seen) {
        return switch (name) {
            case "responses with a Date" -> way.dated ? seen.matches("(\\d+) of \\1") : seen.startsWith("0 of ");
            case "clock" ->
                way.dated && (way.clockOffset == 0 ? seen.equals("as here") : seen.matches("(60[012]|59[89]) s ahead"));
            case "headers of limits" -> seen.equals(way.limited ? "x-ratelimit-limit 120" : "none");
            default -> false;
        };
    }

    private boolean key(String version, String name, String seen) {
        for (KeyForm form : KeyForm.values()) {
            if (form.words().equals(name)) {
                return seen.equals(
                        way.accepted.get(version).contains(form) ? "accepted" : "refused (" + way.refusal + ")");
            }
        }
        return false;
    }

    private boolean since(String resource, String name, String seen) {
        SinceFamily family = family(resource);
        Since since = way.since.get(family.documented().parameters());
        switch (name) {
            case "the moment itself":
                return seen.equals(since.inclusive ? "inclusive" : "exclusive");
            case "colons as %3A":
                return seen.startsWith("needed")
                        ? !since.plainColons
                        : seen.startsWith("refused") != since.encodedColons;
            case "to use":
                // Proved by the mirror that the printed options make.
                return true;
            default:
                String effect = effect(since, choice(family, name));
                return seen.equals(effect)
                        || effect.matches("respected|" + NOTHING) && seen.equals(Effect.NOTHING.words());
        }
    }

    /** Returns the family of a resource, as if nothing had been asked. */
    static SinceFamily family(String resource) {
        return new SinceFamily(
                Catalogue.shipped().resource(resource).orElseThrow().changes().since());
    }

    private static SinceChoice choice(SinceFamily family, String name) {
        if (name.endsWith(" together")) {
            return family.documented();
        }
        String parameter = name.substring(0, name.indexOf(' '));
        String words = name.substring(name.indexOf(' ') + 1);
        for (SinceFormat format : SinceFormat.values()) {
            if (format.words().equals(words)) {
                return SinceChoice.alone(parameter, format);
            }
        }
        return family.alone(parameter);
    }

    /** Returns what the server does with a choice. */
    static String effect(Since since, SinceChoice choice) {
        List<String> names =
                choice.parameters().stream().map(SinceParameter::name).toList();
        if (since.required != null && !names.contains(since.required)) {
            return "refused (404)";
        }
        if (choice.encodedColons() ? !since.encodedColons : !since.plainColons) {
            return "refused (400)";
        }
        boolean respected = false;
        boolean refused = false;
        boolean nothing = false;
        for (SinceParameter parameter : choice.parameters()) {
            Name kind = since.names.get(parameter.name());
            boolean read = SinceFormat.of(parameter.format())
                    .filter(since.formats.get(parameter.name())::contains)
                    .isPresent();
            refused |= kind == Name.REFUSED || kind == Name.KNOWN && !read && !since.lenient && !since.nothing;
            respected |= kind == Name.KNOWN && read;
            nothing |= kind == Name.KNOWN && !read && since.nothing;
        }
        if (nothing && !refused) {
            return NOTHING;
        }
        return refused ? "refused (400)" : respected ? "respected" : "ignored";
    }

    private boolean list(OneList list, String name, String seen) {
        Since since = way.since.get(family(list.resource).documented().parameters());
        return switch (name) {
            case "path" -> seen.contains(": ") || seen.equals(list.path);
            case "first page" -> seen.startsWith(Integer.toString(list.first));
            case "since" ->
                seen.equals("ignored")
                        ? !effect(since, family(list.resource).documented()).equals("respected")
                        : !seen.equals("respected") || since.names.containsValue(Name.KNOWN);
            case "rows on a full page" -> seen.equals(Integer.toString(list.fullPage));
            case "pageSize=10" -> seen.equals(size(way.small, SizeFacts.SMALL, list));
            case "pageSize=200" -> seen.equals(size(way.large, SizeFacts.LARGE, list));
            case "order" -> seen.equals(list.order.words);
            case "id field" -> seen.equals(list.idField);
            case "status field" -> seen.equals(list.statusField);
            case "stamp field" -> seen.equals(list.stampField);
            case "fields with 0001-01-01" -> holds(seen, list.unset, ServedList.UNSET);
            case "fields with /Date(" -> holds(seen, list.dotNet, ServedList.DOT_NET);
            case "fields that differ at each read" -> holds(seen, list.differs, ServedList.DIFFERS);
            default -> false;
        };
    }

    /** In few rows, a name may be data. */
    private static boolean holds(String seen, boolean expected, String name) {
        return expected ? seen.equals(name) || seen.equals("1 whose names may be data") : seen.equals("none");
    }

    private static String size(Size kind, int asked, OneList list) {
        int rows = Math.min(list.rows, kind == Size.TAKEN ? asked : list.fullPage);
        return kind == Size.REFUSED ? "400" : rows == 1 ? "1 row" : rows + " rows";
    }

    /** Returns why a list cannot be read with the given credentials; empty if the probe must find it. */
    Optional<String> obstacle(String resource, boolean hasKey, boolean hasLogin) {
        OneList list = way.lists.get(resource);
        if (list.path == null) {
            return Optional.of("no path");
        }
        if (!list.allowed) {
            return Optional.of("not allowed");
        }
        boolean login = hasLogin && (way.loginWithoutKey || hasKey && way.loginWithKey);
        boolean accepted = way.accepted.get(ListQuery.version(list.path)).stream()
                .anyMatch(form -> form == KeyForm.TOKEN ? login : hasKey);
        if (!accepted) {
            return Optional.of("credential");
        }
        SinceFamily family = family(resource);
        Since since = way.since.get(family.documented().parameters());
        if (effect(since, family.documented()).equals(NOTHING)) {
            return Optional.of("an empty list");
        }
        boolean possible = effect(since, family.documented()).matches("respected|ignored")
                || family.alternatives().stream()
                        .anyMatch(choice -> effect(since, choice).matches("respected|ignored"));
        return possible ? Optional.empty() : Optional.of("since");
    }

    /** Returns whether the list can be known by its path: a guess needs rows. */
    boolean showsPath(String resource) {
        return way.lists.get(resource).rows > 0
                || Probe.paths(Catalogue.shipped().resource(resource).orElseThrow())
                                .size()
                        == 1;
    }

    /** Returns whether the responses of a list show where its pages begin. */
    boolean showsFirstPage(String resource) {
        OneList list = way.lists.get(resource);
        boolean onePage = list.rows <= list.fullPage;
        boolean zeroRepeats = list.first == 1 && list.before == ServerWay.NoPage.NEAREST;
        boolean lastRepeats = list.behind == ServerWay.NoPage.NEAREST;
        boolean ambiguous = onePage && lastRepeats && (list.first == 0 || zeroRepeats);
        return list.rows > 0 && !ambiguous;
    }

    /**
     * Returns whether the component can read the list to its end. It takes a full page that comes again for a server
     * that ignores the number of the page.
     */
    boolean ends(String resource) {
        OneList list = way.lists.get(resource);
        Since since = way.since.get(family(resource).documented().parameters());
        boolean shown = !effect(since, family(resource).documented()).equals(NOTHING);
        return shown
                && since.plainColons
                && (list.behind != ServerWay.NoPage.NEAREST || list.rows % list.fullPage != 0);
    }

    Map<String, String> summary() {
        return way.lists.values().stream()
                .collect(Collectors.toMap(
                        list -> list.resource,
                        list -> list.path + " first=" + list.first + " before=" + list.before + " behind=" + list.behind
                                + " rows=" + list.rows + " full=" + list.fullPage + " order=" + list.order
                                + " allowed=" + list.allowed));
    }
}
