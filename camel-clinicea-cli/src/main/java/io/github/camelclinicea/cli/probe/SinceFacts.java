/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.catalog.TimestampFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts about the since-parameters of lists that have the same ones.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class SinceFacts {
    private SinceFacts() {}

    /**
     * Returns the facts.
     *
     * @param family the lists
     * @param first the first of them, which gives the subject its name
     */
    static List<Fact> of(SinceFamily family, ListFindings first) {
        ListFindings asked = family.asked() == null ? first : family.asked();
        String subject = "since of " + first.resource();
        List<Fact> facts = new ArrayList<>();
        for (String name : family.names()) {
            facts.add(Fact.of(subject, name + " alone", "unknown", words(family, family.alone(name))));
        }
        if (family.names().size() > 1) {
            facts.add(Fact.of(
                    subject,
                    family.documented().words() + " together",
                    "respected",
                    words(family, family.documented())));
        }
        String name = SinceQuestions.formatName(family);
        for (SinceFormat format : SinceFormat.values()) {
            facts.add(Fact.of(
                    subject,
                    name + " " + format.words(),
                    expected(family, name, format),
                    words(family, SinceChoice.alone(name, format))));
        }
        SinceChoice best = family.best();
        facts.add(Fact.of(
                subject,
                "colons as %3A",
                "refused",
                best.encodedColons() ? "needed, plain colons are refused" : words(family, best.withEncodedColons())));
        facts.add(Fact.of(
                subject,
                "the moment itself",
                "unknown",
                asked.hasRows() ? family.inclusive() : Fact.notKnown("no rows")));
        facts.add(Fact.of(subject, "to use", use(family.documented()), use(best))
                .withOption(new ListCorrections(asked).words("syncParameter", "timestampFormat")));
        return facts;
    }

    private static String words(SinceFamily family, SinceChoice choice) {
        return family.effect(choice)
                .map(Effect::words)
                .orElse(family.asked() == null ? Fact.notKnown("no rows") : Fact.NOT_ASKED);
    }

    private static String expected(SinceFamily family, String name, SinceFormat format) {
        boolean documented = family.documented().parameters().stream()
                .anyMatch(p -> p.name().equals(name) && p.format().equals(format.format()));
        return documented ? "respected" : "unknown";
    }

    private static String use(SinceChoice best) {
        List<String> each = new ArrayList<>();
        for (SinceParameter parameter : best.parameters()) {
            each.add(parameter.name() + " " + words(parameter.format()));
        }
        return String.join(" and ", each) + (best.encodedColons() ? ", colons as %3A" : "");
    }

    private static String words(TimestampFormat format) {
        return SinceFormat.of(format).map(SinceFormat::words).orElse(format.toString());
    }
}
