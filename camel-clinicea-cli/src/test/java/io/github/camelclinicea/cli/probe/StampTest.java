/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:30:00,2026-03-01T09:30:00Z",
        "2026-03-01 09:30:00,2026-03-01T09:30:00Z",
        "2026-03-01T09:30,2026-03-01T09:30:00Z",
        "2026-03-01T09:30:00.1234567,2026-03-01T09:30:00.123456700Z",
        "2026-03-01T09:30:00Z,2026-03-01T09:30:00Z",
        "2026-03-01T09:30:00+05:30,2026-03-01T04:00:00Z",
        "/Date(1000)/,1970-01-01T00:00:01Z",
        "/Date(-1000+0530)/,1969-12-31T23:59:59Z"
    })
    void given_a_time_when_read_then_it_is_the_moment(String text, Instant moment) {
        assertThat(Stamp.of(TextNode.valueOf(text))).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-02-30T09:30:00",
                "2026-03-01T25:00:00",
                "09:30",
                "/Date()/",
                "/Date(99999999999999999999)/"
            })
    void given_no_time_when_read_then_there_is_none(String text) {
        assertThat(Stamp.of(TextNode.valueOf(text))).isEmpty();
    }

    @Test
    void given_no_text_when_read_then_there_is_none() {
        for (JsonNode value : new JsonNode[] {null, NullNode.instance, BooleanNode.TRUE}) {
            assertThat(Stamp.of(value)).isEmpty();
        }
    }
}
