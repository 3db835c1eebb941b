package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a real blob host does to an upload is in UploadTest; here is what no host can be made to do. */
class BlobStoreTest {
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

    /** A connection pool that is shut down meanwhile, for one. */
    private static final class Broken implements Transport {
        private int puts;

        @Override
        public WireAnswer exchange(String method, String target, List<Parameter> headers, byte[] body) {
            throw new AssertionError("not for a blob");
        }

        @Override
        public WireAnswer put(URI blob, Content content, Duration timeout) {
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
                () -> store.put(BlobFolder.of("https://blobs.example", "docs", "sig=s3cret", false), "d1", CONTENT));

        assertThat(failure.maybeStored()).isTrue();
        assertThat(failure).hasMessageContaining("IllegalStateException").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("s3cret");
        assertThat(transport.puts).isEqualTo(1);
    }
}
