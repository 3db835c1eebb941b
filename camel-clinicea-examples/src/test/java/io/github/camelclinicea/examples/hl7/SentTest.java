/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SentTest {
    private static final Sent ONCE = new Sent("A04", "v1", 1, null, null, null);

    private static Change change(String id, String version) {
        return new Change("patients", id, version, false, null, Map.of());
    }

    @Test
    void given_the_same_version_when_sent_again_then_the_control_id_is_the_same_and_fits_the_field() {
        String id = Sent.NOTHING.controlId(change("p-1", "v1"), "A04");

        assertThat(Sent.NOTHING.controlId(change("p-1", "v1"), "A04")).isEqualTo(id);
        assertThat(id).matches("[0-9A-F]{20}");
    }

    @Test
    void given_another_message_when_its_control_id_is_made_then_it_is_another_one() {
        assertThat(new String[] {
                    Sent.NOTHING.controlId(change("p-1", "v1"), "A04"),
                    Sent.NOTHING.controlId(change("p-1", "v2"), "A04"),
                    Sent.NOTHING.controlId(change("p-2", "v1"), "A04"),
                    Sent.NOTHING.controlId(change("p-1", "v1"), "A29"),
                    // The record came back to a version of before.
                    ONCE.controlId(change("p-1", "v1"), "A04")
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void given_a_guid_in_capital_letters_when_compared_then_it_is_the_same_record() {
        assertThat(change("0FB76034-E5D0-4C5B-A8D1-56E0BAEB301A", "v1").key())
                .isEqualTo("0fb76034-e5d0-4c5b-a8d1-56e0baeb301a");
        assertThat(change("P-1", "v1").key()).isEqualTo("P-1");
    }

    @Test
    void given_the_last_message_when_asked_then_the_record_is_there_until_it_is_ended() {
        assertThat(Sent.NOTHING.isThere()).isFalse();
        assertThat(ONCE.isThere()).isTrue();
        assertThat(new Sent("A29", "v2", 2, null, null, null).isThere()).isFalse();
        assertThat(new Sent("S15", "v2", 2, null, null, null).isThere()).isFalse();
        assertThat(ONCE.has(change("p-1", "v1"))).isTrue();
        assertThat(ONCE.has(change("p-1", "v2"))).isFalse();
    }
}
