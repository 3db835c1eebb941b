/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelclinicea.client.http.Content;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.http.RetryPolicy;
import io.github.camelclinicea.client.http.StopSignal;
import io.github.camelclinicea.client.http.Transport;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests uploads with failures that no real blob host can be made to produce. UploadTest has the others. */
class BlobStoreTest {
    private static final BlobHosts HOSTS =
            BlobHosts.of(URI.create("https://api.example"), List.of("blobs.example"), false);
    private static final Content CONTENT = new Content() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public String type() {
            return "text/plain";
        }

        @Override
        public void writeTo(OutputStream out) {}
    };

    /** Fails as a connection pool that is shut down during the request. */
    private static final class Broken implements Transport {
        private int puts;

        @Override
        public Response exchange(String method, String target, List<Parameter> headers, byte[] body) {
            throw new AssertionError("not for a blob");
        }

        @Override
        public Response put(URI blob, Content content, Duration timeout) {
            puts++;
            throw new IllegalStateException("cannot reach " + blob);
        }
    }

    @Test
    void given_a_transport_that_breaks_in_an_unknown_way_when_put_then_nobody_knows_whether_it_is_there() {
        Broken transport = new Broken();
        BlobStore store = new BlobStore(
                transport,
                new RetryPolicy(2, Duration.ofMillis(1), Clock.systemUTC(), bound -> bound),
                new StopSignal(() -> false),
                Duration.ofSeconds(5));

        BlobStore.NotStoredException failure = catchThrowableOfType(
                BlobStore.NotStoredException.class,
                () -> store.put(BlobFolder.of("https://blobs.example", "docs", "sig=s3cret", HOSTS), "d1", CONTENT));

        assertThat(failure.maybeStored()).isTrue();
        assertThat(failure).hasMessageContaining("IllegalStateException").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("s3cret");
        assertThat(transport.puts).isEqualTo(1);
    }

    /** Refuses until a date by its own clock, which is years behind, and then accepts the content. */
    private static final class Busy implements Transport {
        private int puts;

        @Override
        public Response exchange(String method, String target, List<Parameter> headers, byte[] body) {
            throw new AssertionError("not for a blob");
        }

        @Override
        public Response put(URI blob, Content content, Duration timeout) {
            return ++puts == 1
                    ? new Response(
                            503, new byte[0], Instant.parse("2020-01-01T00:00:00Z"), "Wed, 01 Jan 2020 00:00:01 GMT")
                    : new Response(201, new byte[0], null, null);
        }
    }

    @Test
    void given_a_store_whose_clock_is_behind_when_it_asks_for_a_date_then_it_is_not_asked_before_that()
            throws Exception {
        Busy transport = new Busy();
        BlobStore store = new BlobStore(
                transport,
                new RetryPolicy(1, Duration.ofSeconds(60), Clock.systemUTC(), bound -> 0),
                new StopSignal(() -> false),
                Duration.ofSeconds(5));
        long start = System.nanoTime();

        store.put(BlobFolder.of("https://blobs.example", "docs", "sig=s3cret", HOSTS), "d1", CONTENT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(transport.puts).isEqualTo(2);
    }
}
