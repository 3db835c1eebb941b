/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.CliniceaConfiguration;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.RowFields;
import io.github.camelclinicea.client.json.RowReader;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures the cost of versions by canonical content, compared with versions by the raw bytes of the rows. One run
 * reads the same page of 100 rows in both ways: parsed only, and from a server on loopback without latency.
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

    /** The spelling of the page. */
    @Param
    public PageSpelling spelling;

    /** Whether the rows also become maps, as they do by default. */
    @Param({"true", "false"})
    public boolean maps;

    private RowReader byContent;
    private RowReader withoutVersions;
    private byte[] page;
    private HttpServer server;
    private CloseableHttpClient client;
    private HttpGet request;

    /** Makes the page and starts the server. */
    @Setup
    public void spell() throws IOException {
        page = spelling.of(RowTemplate.firstPage());
        BodyFormat ahead = maps ? BodyFormat.MAP : null;
        int maxRowSize = new CliniceaConfiguration().getMaxRowSize();
        byContent = new RowReader(FIELDS, ahead, maxRowSize);
        withoutVersions = RowReader.withoutVersions(FIELDS, ahead, maxRowSize);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        client = HttpClients.createDefault();
        request = new HttpGet("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /** Stops the server. */
    @TearDown
    public void close() throws IOException {
        client.close();
        server.stop(0);
    }

    /** Parses the page to rows with versions by canonical content. */
    @Benchmark
    public List<Row> versionByContent() throws IOException {
        return byContent.read(page, null);
    }

    /** Parses the page to rows with versions by the bytes of each row. */
    @Benchmark
    public void versionByBytes(Blackhole versions) throws IOException {
        consumeByBytes(page, versions);
    }

    /** Does the same as {@link #versionByContent()}, with the page from the server. */
    @Benchmark
    public List<Row> readByContent() throws IOException {
        return byContent.read(fetch(), null);
    }

    /** Does the same as {@link #versionByBytes(Blackhole)}, with the page from the server. */
    @Benchmark
    public void readByBytes(Blackhole versions) throws IOException {
        consumeByBytes(fetch(), versions);
    }

    private byte[] fetch() throws IOException {
        return client.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
    }

    private void consumeByBytes(byte[] bytes, Blackhole versions) throws IOException {
        for (Row row : withoutVersions.read(bytes, null)) {
            versions.consume(row);
            versions.consume(RowVersion.of(row.id(), row.status(), row.modified(), row.content()));
        }
    }
}
