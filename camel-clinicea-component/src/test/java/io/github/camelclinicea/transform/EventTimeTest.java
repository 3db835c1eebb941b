/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00+00:00, 2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00.123+05:30, 2026-03-01T02:30:00.123Z",
        "2026-03-01T08:00+05:30, 2026-03-01T02:30:00Z",
        "/Date(1772352000000)/, 2026-03-01T08:00:00Z",
        "/Date(1772352000000+0530)/, 2026-03-01T08:00:00Z",
        "/Date(-1000)/, 1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    })
    void given_a_stamp_that_is_a_moment_when_asked_then_it_is_the_moment_in_utc(String stamp, String moment) {
        assertThat(EventTime.of(stamp)).isEqualTo(moment);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "2026-03-01T08:00:00",
                "2026-03-01",
                "2026-03-01 08:00:00Z",
                "2026-02-30T08:00:00Z",
                "2026-03-01T08:00:00+0:00",
                "0001-01-01T00:00:00",
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00+05:30",
                "9999-12-31T23:59:59-01:00",
                "-999999999-01-01T00:00:00+18:00",
                "/Date(-62135596800000)/",
                "/Date(-62135596800000+0530)/",
                "/Date(999999999999999999)/",
                "/Date(99999999999999999999)/",
                "/Date()/",
                "yesterday",
            })
    void given_a_stamp_that_is_no_moment_when_asked_then_there_is_none(String stamp) {
        assertThat(EventTime.of(stamp)).isNull();
    }
}
