/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out which since-parameters and formats have an effect. A moment in the future must give nothing. If it gives
 * rows, the parameter is ignored.
 *
 * <p>Specified by {@code ProbeTest}.
 */
final class SinceQuestions {
    /** Tomorrow in each time zone. */
    private static final Duration AHEAD = Duration.ofHours(40);

    private final Lists lists;
    private final Instant tomorrow;

    /** @param clock the local clock; the server's may be ahead of it */
    SinceQuestions(Lists lists, Clock clock, ServerHeaders headers) {
        this.lists = lists;
        Duration ahead = headers.clockOffset().filter(d -> !d.isNegative()).orElse(Duration.ZERO);
        this.tomorrow = clock.instant().plus(ahead).plus(AHEAD);
    }

    /** Asks for each name alone, and for all together. */
    void askNames(SinceFamily family) throws InterruptedException {
        if (family.names().size() > 1) {
            for (String name : family.names()) {
                ask(family, family.alone(name));
            }
        }
        ask(family, family.documented());
    }

    /** Asks for each format of one name, and for encoded colons. */
    void askFormats(SinceFamily family) throws InterruptedException {
        String name = formatName(family);
        for (SinceFormat format : SinceFormat.values()) {
            ask(family, SinceChoice.alone(name, format));
        }
        SinceChoice best = family.best();
        if (!best.encodedColons()) {
            ask(family, best.withEncodedColons());
        }
    }

    /**
     * Asks for everything in a way that had an effect, if the way that works has none. A server that does not
     * understand the request may respond without rows, too.
     */
    void prove(SinceFamily family) throws InterruptedException {
        ListFindings list = family.asked();
        if (list == null) {
            return;
        }
        for (Optional<SinceChoice> choice = family.unproven(); choice.isPresent(); choice = family.unproven()) {
            ListResponse response = lists.ask(list, choice.get(), Lists.LONG_AGO, list.rowsAt(), false);
            if (!response.isAsked()) {
                return;
            }
            if (response.hasRows()) {
                family.gotRows(choice.get());
            } else {
                family.note(choice.get(), Effect.notKnown("no rows for any moment"));
            }
        }
    }

    /** Returns the name whose formats are asked: the first one that has an effect. */
    static String formatName(SinceFamily family) {
        return family.names().stream()
                .filter(name -> family.effect(family.alone(name))
                        .filter(Effect::isRespected)
                        .isPresent())
                .findFirst()
                .orElse(family.best().parameters().get(0).name());
    }

    /** Asks for what no list of the family has settled, of one that stands for all. */
    private void ask(SinceFamily family, SinceChoice choice) throws InterruptedException {
        ListFindings list = family.asked();
        if (list == null || family.effect(choice).isPresent()) {
            return;
        }
        Effect effect = Effect.ofFuture(lists.ask(list, choice, tomorrow, list.rowsAt(), false));
        if (!effect.equals(Effect.NOT_ASKED)) {
            family.note(choice, effect);
            if (choice.equals(family.working()) && list.since().equals(Effect.NOT_ASKED)) {
                list.since(choice, effect);
            }
        }
    }
}
