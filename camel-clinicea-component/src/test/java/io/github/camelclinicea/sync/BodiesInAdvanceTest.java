/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import io.github.camelclinicea.sync.HostileServer.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/** Tests bodies that are made in advance. They reach the sink, and are released when their page has been emitted. */
class BodiesInAdvanceTest {
    private final VirtualTime time = new VirtualTime();
    private final List<Row> fetched = new ArrayList<>();
    private final List<Object> bodies = new ArrayList<>();
    private boolean fails;

    private final ChangeSync sync = new ChangeSync(
            (since, number, listener) -> page(number),
            new MemoryIdempotentRepository(new HashMap<>()),
            new SyncSettings("s", Duration.ofMinutes(5), 1, 0, false, 2, 100, 4, 0),
            Runnable::run,
            new HostileServer(Traits.friendly(), time, 1).localClock(),
            null,
            0);

    private final RowSink sink = new OpenSink() {
        @Override
        public boolean wants(Row row) {
            return !"r2".equals(row.id());
        }

        @Override
        public void deliver(Delivery delivery) {
            if (fails) {
                throw new IllegalStateException("no room");
            }
            bodies.add(delivery.row().takeBody());
            delivery.completed();
        }
    };

    private static Row row(String id, byte[] content, Object body) {
        return new Row(id, "Added", "then", content, body, RowVersion.of(id, "Added", "then", content), null);
    }

    private Page page(int number) {
        List<Row> rows = number > 0
                ? List.of()
                : IntStream.range(0, 4)
                        .mapToObj(i -> row("r" + i, ("row " + i).getBytes(UTF_8), "body " + i))
                        .toList();
        fetched.addAll(rows);
        return new Page(number, rows, Instant.ofEpochMilli(time.now()));
    }

    @Test
    void given_rows_with_bodies_when_delivered_unwanted_or_known_then_none_is_left_behind() throws Exception {
        sync.start(VirtualTime.BEGIN);

        sync.poll(sink);
        sync.poll(sink);

        assertThat(bodies)
                .as("once each, and not the one that is not wanted")
                .containsExactly("body 0", "body 1", "body 3");
        assertThat(fetched).hasSizeGreaterThanOrEqualTo(8).allMatch(row -> row.takeBody() == null);
    }

    @Test
    void given_a_sink_that_fails_when_rows_are_left_over_then_their_bodies_are_not_kept() throws Exception {
        sync.start(VirtualTime.BEGIN);
        fails = true;

        assertThat(catchThrowable(() -> sync.poll(sink))).isInstanceOf(IllegalStateException.class);

        assertThat(fetched).isNotEmpty().allMatch(row -> row.takeBody() == null);
    }
}
