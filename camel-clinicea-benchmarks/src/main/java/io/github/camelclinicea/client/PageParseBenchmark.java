package io.github.camelclinicea.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.benchmarks.RowTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is made of a page of 100 rows; in the package of what it measures, which is nobody else's business. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageParseBenchmark {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final byte[] page = RowTemplate.firstPage();
    private final RowReader reader = new RowReader(
            List.of("PatientID", "ID"), List.of("DataStatusStr", "DataStatusValue"), List.of("ModifiedDatetime"));
    private final BodyFormat map = BodyFormat.of("Map", name -> null);
    private final BodyFormat json = BodyFormat.of("Json", name -> null);

    /** Jackson alone, as the limit does it. */
    @Benchmark
    public List<Map<String, Object>> jacksonToMaps() throws IOException {
        return PLAIN.readValue(page, ROWS);
    }

    /** The component: a page to its rows, each with id, status, stamp and bytes. */
    @Benchmark
    public List<WireRow> rows() throws IOException {
        return reader.read(page);
    }

    /** The same, each row being made the body of {@code bodyType=Json}. */
    @Benchmark
    public List<Object> rowsToJson() throws IOException {
        return bodies(json);
    }

    /** The same, each row being made the body of {@code bodyType=Map}. */
    @Benchmark
    public List<Object> rowsToMaps() throws IOException {
        return bodies(map);
    }

    private List<Object> bodies(BodyFormat format) throws IOException {
        List<Object> bodies = new ArrayList<>(100);
        for (WireRow row : reader.read(page)) {
            bodies.add(format.body(row.json()));
        }
        return bodies;
    }
}
