/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.SinceParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lists that have the same since-parameters. One of them stands for all when names and formats are asked.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class SinceFamily {
    private final List<SinceParameter> documented;
    private final Map<SinceChoice, Effect> effects = new LinkedHashMap<>();
    private final Set<SinceChoice> gotRows = new HashSet<>();
    private SinceChoice working;
    private boolean proven;
    private String inclusive = Fact.NOT_ASKED;
    private ListFindings asked;

    SinceFamily(List<SinceParameter> documented) {
        this.documented = documented;
        this.working = new SinceChoice(documented, false);
    }

    /** Returns the parameters together, as the catalogue has them. */
    SinceChoice documented() {
        return new SinceChoice(documented, false);
    }

    List<String> names() {
        return documented.stream().map(SinceParameter::name).toList();
    }

    /** Returns a parameter alone, in the format of the catalogue. */
    SinceChoice alone(String name) {
        return new SinceChoice(
                documented.stream().filter(p -> p.name().equals(name)).toList(), false);
    }

    /** Returns what else may be accepted if the documented request is refused, the likely first. */
    List<SinceChoice> alternatives() {
        List<SinceChoice> all = new ArrayList<>();
        if (documented.size() > 1) {
            names().forEach(name -> all.add(alone(name)));
        }
        for (String name : names()) {
            for (SinceFormat format : SinceFormat.values()) {
                SinceChoice choice = SinceChoice.alone(name, format);
                if (!all.contains(choice) && !choice.equals(documented())) {
                    all.add(choice);
                }
            }
        }
        all.add(documented().withEncodedColons());
        names().forEach(name -> all.add(alone(name).withEncodedColons()));
        return all.stream().distinct().toList();
    }

    /** Returns the way to ask that is known to get rows. */
    SinceChoice working() {
        return working;
    }

    /** Returns whether some list of the family responded with a list. */
    boolean isProven() {
        return proven;
    }

    void works(SinceChoice choice) {
        working = choice;
        proven = true;
    }

    /** Notes that a choice got rows since long ago. Only such a choice may be an option: another may get none, ever. */
    void gotRows(SinceChoice choice) {
        gotRows.add(choice);
    }

    /** Returns whether rows came by a choice. */
    boolean gotRowsBy(SinceChoice choice) {
        return gotRows.contains(choice);
    }

    /** Returns a choice that the option could name if it got rows since long ago; empty if none is missing that. */
    Optional<SinceChoice> unproven() {
        if (isRespected(best())) {
            return Optional.empty();
        }
        return effects.keySet().stream()
                .filter(choice -> !choice.encodedColons() && !gotRows.contains(choice))
                .filter(choice -> effect(choice).filter(Effect::isRespected).isPresent())
                .findFirst();
    }

    void note(SinceChoice choice, Effect effect) {
        effects.put(choice, effect);
    }

    /** Returns the effect of a choice; empty if it was not asked. */
    Optional<Effect> effect(SinceChoice choice) {
        return Optional.ofNullable(effects.get(choice));
    }

    /**
     * Returns the way to ask that a consumer should use: the documented one if it is respected, or another one that
     * is. If none is, it is the one that gets rows.
     */
    SinceChoice best() {
        if (isRespected(documented())) {
            return documented();
        }
        Optional<SinceChoice> inOwnFormat =
                names().stream().map(this::alone).filter(this::isRespected).findFirst();
        return inOwnFormat
                .or(() -> effects.keySet().stream()
                        .filter(choice -> !choice.encodedColons())
                        .filter(this::isRespected)
                        .findFirst())
                .orElse(working);
    }

    private boolean isRespected(SinceChoice choice) {
        return gotRows.contains(choice)
                && effect(choice).filter(Effect::isRespected).isPresent();
    }

    /** Returns whether a moment that is asked is included, in words. */
    String inclusive() {
        return inclusive;
    }

    void inclusive(String words) {
        // A list that shows it counts more than one that does not.
        if (!isShown(inclusive) || isShown(words)) {
            inclusive = words;
        }
    }

    boolean knowsInclusive() {
        return isShown(inclusive);
    }

    private static boolean isShown(String words) {
        return !words.startsWith(Fact.NOT_ASKED) && !words.startsWith(Fact.NOT_KNOWN);
    }

    /** Returns the list that stands for all; null if none has rows. */
    ListFindings asked() {
        return asked;
    }

    /** Notes a list with rows. */
    void hasRows(ListFindings list) {
        if (asked == null) {
            asked = list;
        }
    }
}
