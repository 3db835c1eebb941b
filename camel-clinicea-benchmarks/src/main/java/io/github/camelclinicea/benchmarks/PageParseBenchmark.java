/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.CliniceaConfiguration;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Measures the parsing of a page of 100 rows. */
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
    private final RowReader reader = reader(null);
    private final RowReader jsonReader = reader(BodyFormat.JSON);
    private final RowReader mapReader = reader(BodyFormat.MAP);

    /** Parses with Jackson alone, as {@link BareClient} does. */
    @Benchmark
    public List<Map<String, Object>> jacksonToMaps() throws IOException {
        return PLAIN.readValue(page, ROWS);
    }

    /** Parses with the component: each row has its id, status, stamp and bytes. */
    @Benchmark
    public List<Row> rows() throws IOException {
        return reader.read(page, null);
    }

    /** Parses with the component, with the bodies of {@code bodyType=Json}. */
    @Benchmark
    public List<Row> rowsToJson() throws IOException {
        return jsonReader.read(page, null);
    }

    /** Parses with the component, with the bodies of {@code bodyType=Map}. */
    @Benchmark
    public List<Row> rowsToMaps() throws IOException {
        return mapReader.read(page, null);
    }

    private static RowReader reader(BodyFormat ahead) {
        RowFields fields = new RowFields(
                List.of("PatientID", "ID"),
                List.of("DataStatusStr", "DataStatusValue"),
                List.of("ModifiedDatetime"),
                Set.of());
        return new RowReader(fields, ahead, new CliniceaConfiguration().getMaxRowSize());
    }
}
