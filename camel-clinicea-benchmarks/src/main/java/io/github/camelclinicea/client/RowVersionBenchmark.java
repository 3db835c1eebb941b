package io.github.camelclinicea.client;

import io.github.camelclinicea.benchmarks.RowTemplate;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs that contents are compared as contents: the same page of 100 rows, read with versions by canonical content and
 * with versions by the rows' raw bytes, side by side in one run.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowVersionBenchmark {
    private static final RowFields FIELDS = new RowFields(
            List.of("PatientID", "ID"),
            List.of("DataStatusStr", "DataStatusValue"),
            List.of("ModifiedDatetime"),
            Set.of());

    /** How the page is spelled. */
    @Param
    public PageSpelling spelling;

    /** Whether the rows are made maps, too, as they are by default. */
    @Param({"true", "false"})
    public boolean maps;

    private PageParser byContent;
    private PageParser withoutVersions;
    private byte[] page;

    /** Spells the page. */
    @Setup
    public void spell() throws IOException {
        page = spelling.of(RowTemplate.firstPage());
        byContent = new PageParser(FIELDS, maps ? BodyFormat.MAP : null, true);
        withoutVersions = new PageParser(FIELDS, maps ? BodyFormat.MAP : null, false);
    }

    /** The page to rows, with the version by canonical content. */
    @Benchmark
    public List<WireRow> versionByContent() throws IOException {
        return byContent.parse(page);
    }

    /** The page to rows, with the version by the bytes of each row. */
    @Benchmark
    public void versionByBytes(Blackhole versions) throws IOException {
        for (WireRow row : withoutVersions.parse(page)) {
            versions.consume(row);
            versions.consume(RowVersion.of(row.id(), row.status(), row.modified(), row.json()));
        }
    }
}
