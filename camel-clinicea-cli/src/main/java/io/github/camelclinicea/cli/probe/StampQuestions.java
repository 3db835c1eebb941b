/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asks for the changes since the stamp of a row that was just seen. The response shows three things: whether the list
 * respects the moment, whether it includes the moment, and which fields differ when a row is read again.
 *
 * <p>Specified by {@code ProbeTest} and {@code HostileServerTest}.
 */
final class StampQuestions {
    static final String INCLUSIVE = "inclusive";
    static final String EXCLUSIVE = "exclusive";

    /** The largest difference between local time and UTC, and some more. */
    private static final Duration ZONES = Duration.ofHours(15);

    private static final int KNOWN_ROWS = 5;

    private static final String ROWS_MISSING =
            Fact.notKnown("the rows of that moment did not come; their times may be in another zone");

    private final Lists lists;

    StampQuestions(Lists lists) {
        this.lists = lists;
    }

    /** Asks a list with rows. */
    void ask(ListFindings list) throws InterruptedException {
        Optional<String> field = list.fields().modified();
        if (field.isEmpty()) {
            list.family().inclusive(Fact.notKnown("no stamp field"));
            return;
        }
        NavigableSet<Instant> stamps = stamps(list.firstPages(), field.get());
        if (stamps.isEmpty()) {
            list.family().inclusive(Fact.notKnown("no time in " + field.get()));
            return;
        }
        Instant since = near(stamps);
        SinceChoice best = list.family().best();
        ListResponse response = lists.ask(
                list,
                best,
                wholeSecond(since),
                list.rowsAt(),
                best.equals(list.family().working()));
        if (!response.isAsked()) {
            return;
        }
        Effect effect = effect(response, field.get(), stamps, since);
        if (effect.kind() != Effect.Kind.NOT_KNOWN || list.since().equals(Effect.NOT_ASKED)) {
            list.since(best, effect);
        }
        if (effect.kind() != Effect.Kind.NOT_KNOWN && list == list.family().asked()) {
            list.family().note(best, effect);
        }
        if (response.outcome() == ListResponse.Outcome.EMPTY) {
            list.family().inclusive(ROWS_MISSING);
        }
        if (effect.isRespected()) {
            list.family().inclusive(inclusive(response, field.get(), stamps, since));
        }
    }

    /** Returns a late moment, so that the response is short, with some known rows behind it. */
    private static Instant near(NavigableSet<Instant> stamps) {
        return stamps.descendingSet().stream()
                .limit(KNOWN_ROWS)
                .reduce((later, earlier) -> earlier)
                .orElseThrow();
    }

    private static Instant wholeSecond(Instant stamp) {
        return Instant.ofEpochSecond(stamp.getEpochSecond());
    }

    private static NavigableSet<Instant> stamps(List<ObjectNode> rows, String field) {
        NavigableSet<Instant> stamps = new TreeSet<>();
        rows.forEach(row -> Stamp.of(row.get(field)).ifPresent(stamps::add));
        return stamps;
    }

    private static Effect effect(ListResponse response, String field, NavigableSet<Instant> known, Instant since) {
        if (!response.isList()) {
            return Effect.notKnown(response.words());
        }
        if (!response.hasRows()) {
            // Those of the moment should have come, or at least those behind it.
            return Effect.notKnown("no rows since the stamp of one");
        }
        NavigableSet<Instant> shown = stamps(response.rows(), field);
        if (!shown.headSet(since.minus(ZONES)).isEmpty()) {
            return Effect.IGNORED;
        }
        if (!shown.headSet(wholeSecond(since)).isEmpty()) {
            return Effect.notKnown("rows changed within hours; their times may be in another zone");
        }
        return known.headSet(wholeSecond(since)).isEmpty()
                ? Effect.notKnown("too few different stamps")
                : Effect.RESPECTED;
    }

    private static String inclusive(ListResponse response, String field, NavigableSet<Instant> known, Instant since) {
        if (!wholeSecond(since).equals(since)) {
            return Fact.notKnown("stamps have fractions of a second");
        }
        NavigableSet<Instant> shown = stamps(response.rows(), field);
        if (shown.contains(since)) {
            return INCLUSIVE;
        }
        Instant next = known.higher(since);
        return next != null && shown.contains(next) ? EXCLUSIVE : ROWS_MISSING;
    }
}
