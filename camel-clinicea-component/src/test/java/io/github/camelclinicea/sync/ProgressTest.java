/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.RequestListener;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.sync.HostileServer.Traits;
import io.github.camelclinicea.testing.TestRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/**
 * Tests that a long poll can be distinguished from one that hangs. A request takes a minute here, and a row or a key
 * takes a second.
 */
class ProgressTest {
    /** Holds the state of the sync as seen in the middle of a poll. */
    private record Look(boolean polling, Instant lastProgress) {}

    private final VirtualTime time = new VirtualTime();
    private final List<List<Row>> pages = new ArrayList<>();
    private final List<Look> whenAsked = new ArrayList<>();
    private final List<Look> whenHandedOver = new ArrayList<>();
    private final List<Look> whenWaiting = new ArrayList<>();
    private final List<Look> whenForgotten = new ArrayList<>();
    private boolean broken;
    private boolean waits;
    private final ChangeSync sync = new ChangeSync(
            (since, number, listener) -> fetch(number, listener),
            new MemoryIdempotentRepository(new HashMap<>()) {
                @Override
                public boolean remove(String key) {
                    if (key.contains("#")) {
                        whenForgotten.add(look());
                        time.pass(1_000);
                    }
                    return super.remove(key);
                }
            },
            new SyncSettings("s", Duration.ofMinutes(5), 1, 0, true, 2, 100, 4, 0),
            Runnable::run,
            new HostileServer(Traits.friendly(), time, 1).localClock(),
            null,
            0);

    private final OpenSink sink = delivery -> {
        whenHandedOver.add(look());
        time.pass(1_000);
        if (delivery.row().id().endsWith("7")) {
            delivery.failed(null);
        } else {
            delivery.completed();
        }
    };

    private Page fetch(int number, RequestListener listener) throws IOException {
        whenAsked.add(look());
        time.pass(60_000);
        if (waits) {
            listener.waiting();
            whenWaiting.add(look());
        }
        if (broken) {
            throw new IOException("no answer");
        }
        return new Page(number, number < pages.size() ? pages.get(number) : List.of(), now());
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now());
    }

    private Look look() {
        return new Look(sync.polling(), sync.lastProgress());
    }

    private static Look polling(int seconds) {
        return new Look(true, VirtualTime.BEGIN.plusSeconds(seconds));
    }

    private static Look idle(int seconds) {
        return new Look(false, VirtualTime.BEGIN.plusSeconds(seconds));
    }

    private static List<Row> rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> TestRow.of("r" + i, "Added", "then", new byte[] {(byte) i}))
                .toList();
    }

    @Test
    void given_no_poll_yet_when_looked_at_then_there_is_no_progress() {
        sync.start(VirtualTime.BEGIN);

        assertThat(look()).isEqualTo(new Look(false, null));
    }

    @Test
    void given_pages_and_rows_when_they_come_and_end_then_each_of_them_is_progress() throws Exception {
        sync.start(VirtualTime.BEGIN);
        pages.add(rows(5, 3));
        time.pass(10_000);

        sync.poll(sink);

        assertThat(whenAsked.get(0)).as("the begin of the poll").isEqualTo(polling(10));
        assertThat(whenHandedOver)
                .as("the page, a row, a row that failed")
                .containsExactly(polling(70), polling(71), polling(72));
        assertThat(whenAsked.get(1)).as("the last row").isEqualTo(polling(73));
        assertThat(look())
                .as("the empty page behind a full one, the same once more, and the one behind it")
                .isEqualTo(idle(253));
    }

    @Test
    void given_a_page_that_waits_for_its_turn_when_it_says_so_then_that_is_progress() throws Exception {
        sync.start(VirtualTime.BEGIN);
        waits = true;

        sync.poll(sink);

        assertThat(whenWaiting).first().isEqualTo(polling(60));
    }

    @Test
    void given_a_poll_after_a_pause_when_it_begins_then_the_pause_is_not_held_against_it() throws Exception {
        sync.start(VirtualTime.BEGIN);
        sync.poll(sink);
        time.pass(Duration.ofDays(1).toMillis());

        sync.poll(sink);

        assertThat(whenAsked.get(1)).isEqualTo(polling(86_400 + 60));
    }

    @Test
    void given_a_poll_that_fails_when_it_has_ended_then_none_is_under_way() {
        sync.start(VirtualTime.BEGIN);
        broken = true;

        assertThatThrownBy(() -> sync.poll(sink)).isInstanceOf(IOException.class);

        assertThat(look()).as("a page that did not come is no progress").isEqualTo(idle(0));
    }

    @Test
    void given_many_keys_to_forget_when_that_takes_long_then_each_of_them_is_progress() throws Exception {
        sync.start(VirtualTime.BEGIN);
        pages.add(rows(0, 2));
        sync.poll(sink);
        pages.set(0, rows(2, 1));
        sync.poll(sink);

        assertThat(whenForgotten).as("the page, a key").containsExactly(polling(363), polling(364));
        assertThat(look()).isEqualTo(idle(365));
    }
}
