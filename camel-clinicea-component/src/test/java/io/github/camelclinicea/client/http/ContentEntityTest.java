/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which bytes of a content reach the connection. */
class ContentEntityTest {
    private final ByteArrayOutputStream connection = new ByteArrayOutputStream();

    /** Announces a length, and writes pieces that may have another total. */
    private record Pieces(long length, String... pieces) implements Content {
        @Override
        public String type() {
            return "text/plain";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (String piece : pieces) {
                out.write(piece.getBytes(US_ASCII));
            }
        }
    }

    private String sent() {
        return connection.toString(US_ASCII);
    }

    @Test
    void given_content_in_pieces_when_sent_then_all_of_it_is_sent() throws IOException {
        new ContentEntity(new Pieces(6, "ab", "", "c", "def", "")).execute(connection);

        assertThat(sent()).isEqualTo("abcdef");
    }

    @Test
    void given_no_content_when_sent_then_nothing_is() throws IOException {
        new ContentEntity(new Pieces(0, "")).execute(connection);

        assertThat(sent()).isEmpty();
    }

    /** The host would accept the content as complete as soon as it has the announced number of bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"abcdef,g", "abc,defg", "a,b,c,d,e,f,g", "abcdefg"})
    void given_content_that_grew_when_sent_then_the_connection_never_gets_as_much_as_was_announced(String pieces) {
        assertThatThrownBy(() -> new ContentEntity(new Pieces(6, pieces.split(","))).execute(connection))
                .isInstanceOf(Transport.ContentException.class)
                .hasMessageContaining("longer");

        assertThat(sent()).hasSizeLessThan(6);
    }

    @Test
    void given_content_that_shrank_when_sent_then_that_is_the_failure() {
        assertThatThrownBy(() -> new ContentEntity(new Pieces(6, "abcde")).execute(connection))
                .isInstanceOf(Transport.ContentException.class)
                .hasMessageContaining("shorter");
    }
}
