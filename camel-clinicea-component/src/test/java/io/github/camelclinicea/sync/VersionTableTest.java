/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.row.RowVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTableTest {
    private record Entry(long record, RowVersion version) {}

    @Provide
    Arbitrary<List<Entry>> entries() {
        // Few records, so that many are put twice, with extreme values among them.
        Arbitrary<Long> records = Arbitraries.oneOf(
                Arbitraries.longs().between(-200, 200),
                Arbitraries.longs(),
                Arbitraries.longs().map(l -> l << 40));
        Arbitrary<RowVersion> versions = Combinators.combine(
                        Arbitraries.longs().between(0, 3), Arbitraries.longs().greaterOrEqual(1))
                .as(RowVersion::new);
        return Combinators.combine(records, versions).as(Entry::new).list().ofMaxSize(600);
    }

    @Property(tries = 300)
    void keeps_the_last_version_of_each_record_as_a_map_does(@ForAll("entries") List<Entry> entries) {
        VersionTable table = new VersionTable();
        Map<Long, RowVersion> map = new HashMap<>();
        for (Entry entry : entries) {
            assertThat(table.get(entry.record())).isEqualTo(map.get(entry.record()));
            table.put(entry.record(), entry.version());
            map.put(entry.record(), entry.version());
            assertThat(table.size()).isEqualTo(map.size());
            assertThat(table.holds(entry.record(), entry.version())).isTrue();
            assertThat(table.holds(entry.record(), new RowVersion(-1, -1))).isFalse();
        }
        assertThat(content(table)).isEqualTo(map);
    }

    @Property(tries = 200)
    void unites_two_small_tables(@ForAll("entries") List<Entry> one, @ForAll("entries") List<Entry> two) {
        VersionTable older = new VersionTable();
        VersionTable newer = new VersionTable();
        one.forEach(entry -> older.put(entry.record(), entry.version()));
        two.forEach(entry -> newer.put(entry.record(), entry.version()));
        Map<Long, RowVersion> expected = content(older);
        expected.putAll(content(newer));

        assertThat(content(VersionTable.union(older, newer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"20000,20000", "20000,50", "50,20000", "20000,0", "0,20000"})
    void given_tables_of_which_one_is_large_when_united_then_the_newer_version_counts(int older, int newer) {
        Map<Long, RowVersion> expected = new HashMap<>();
        VersionTable first = filled(older, 1, expected);
        VersionTable second = filled(newer, 2, expected);

        assertThat(content(VersionTable.union(first, second))).isEqualTo(expected);
    }

    /** Returns a table in which every third record is in no other table. */
    private static VersionTable filled(int entries, int version, Map<Long, RowVersion> noted) {
        VersionTable table = new VersionTable();
        for (long i = 0; i < entries; i++) {
            long record = (i % 3 == 0 ? i * 10 + version : i) * 0x100000001b3L;
            table.put(record, new RowVersion(version, i + 1));
            noted.put(record, new RowVersion(version, i + 1));
        }
        return table;
    }

    @Property(tries = 20)
    void keeps_and_forgets_among_many_as_a_map_does(@ForAll Random random) {
        VersionTable table = new VersionTable();
        Map<Long, RowVersion> map = new HashMap<>();
        for (int step = 0; step < 40_000; step++) {
            long record = random.nextInt(20_000) * 0x100000001b3L;
            if (step % 4 == 3) {
                table.remove(record);
                map.remove(record);
            } else {
                RowVersion version = new RowVersion(random.nextInt(3), 1 + step);
                table.put(record, version);
                map.put(record, version);
            }
        }
        assertThat(table.size()).isEqualTo(map.size()).isGreaterThan(8_000);
        assertThat(content(table)).isEqualTo(map);
        map.forEach(
                (record, version) -> assertThat(table.holds(record, version)).isTrue());
    }

    @Property(tries = 300)
    void forgets_what_is_removed_and_nothing_else(@ForAll("entries") List<Entry> entries) {
        VersionTable table = new VersionTable();
        entries.forEach(entry -> table.put(entry.record(), entry.version()));
        Map<Long, RowVersion> map = content(table);
        for (Entry entry : entries.subList(0, entries.size() / 2)) {
            table.remove(entry.record());
            map.remove(entry.record());
            assertThat(table.size()).isEqualTo(map.size());
            map.forEach((record, version) -> assertThat(table.get(record)).isEqualTo(version));
        }
        assertThat(content(table)).isEqualTo(map);
    }

    @Test
    void given_any_number_of_entries_when_counted_then_none_takes_more_than_48_bytes() {
        VersionTable table = new VersionTable();
        for (long record = 1; record <= 300_000; record++) {
            table.put(record * 0x9e3779b97f4a7c15L, new RowVersion(record, record));
            if (table.size() > 100) {
                assertThat(table.bytes()).isLessThanOrEqualTo(48L * table.size());
            }
            assertThat(table.bytes() * 3)
                    .as("a quarter stays free, or the search for a place takes long")
                    .isGreaterThanOrEqualTo(24L * table.size() * 4);
        }
        assertThat(table.size()).isEqualTo(300_000);
    }

    @Test
    void given_a_table_that_is_three_quarters_full_when_one_more_comes_then_it_grows_and_not_before() {
        VersionTable table = new VersionTable();
        long empty = table.bytes();
        for (long record = 1; table.bytes() == empty; record++) {
            table.put(record, new RowVersion(record, record));
        }

        assertThat(table.size()).isEqualTo((int) (empty / 24 * 3 / 4) + 1);
    }

    @Test
    void given_many_entries_when_the_table_grows_then_only_by_a_small_part_of_itself() {
        VersionTable table = new VersionTable();
        for (long record = 1; record <= 200_000; record++) {
            long before = table.bytes();
            table.put(record * 0x9e3779b97f4a7c15L, new RowVersion(record, record));
            if (record > 20_000) {
                assertThat(table.bytes() - before).isLessThan(before / 50);
            }
        }
    }

    private static Map<Long, RowVersion> content(VersionTable table) {
        Map<Long, RowVersion> content = new HashMap<>();
        table.forEach(
                (record, version) -> assertThat(content.put(record, version)).isNull());
        return content;
    }
}
