package io.github.camelclinicea;

import io.github.camelclinicea.producer.echo.WriteMarks;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.WireRow;
import io.github.camelclinicea.sync.EchoMarks;
import io.github.camelclinicea.sync.ListedFields;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the sync keeps, as the producer asks for it: the two do not know each other. */
record SyncedWrites(EchoMarks marks, ListedFields listed) implements WriteMarks {
    @Override
    public Optional<Instant> deliveredBefore() {
        return marks.deliveredBefore();
    }

    @Override
    public boolean watch(String id) {
        return marks.watch(id);
    }

    @Override
    public boolean isKnown(WireRow row, boolean watchedBefore) {
        return marks.isKnown(asSync(row), watchedBefore);
    }

    @Override
    public boolean mark(WireRow row, List<WireRow> replaced) {
        return marks.mark(
                asSync(row), replaced.stream().map(SyncedWrites::asSync).toList());
    }

    @Override
    public boolean areAllFields(Collection<String> names) {
        return listed.isCoveredBy(names);
    }

    @Override
    public void unwatch(String id) {
        marks.unwatch(id);
    }

    /** The consumer makes its rows the same way; only so are the fingerprints the same. */
    private static Row asSync(WireRow row) {
        return new Row(row.id(), row.status(), row.modified(), row.json(), null, row.version(), row.defect());
    }
}
