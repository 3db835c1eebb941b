/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.CliniceaException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Tests what a health check shows of a failure. */
class HealthFailureTest {
    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().trim();
    }

    @Test
    void given_a_failure_of_clinicea_when_shown_then_it_keeps_its_class_message_and_code_only() {
        Throwable failure = HealthFailure.of(new CliniceaException(
                "Clinicea responded with 503", "patients", "changes", 503, true, new IOException("reset")));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        CliniceaException.class,
                        e -> assertThat(e.getHttpResponseCode()).isEqualTo(503))
                .hasNoCause();
        assertThat(printed(failure))
                .isEqualTo("io.github.camelclinicea.CliniceaException: Clinicea responded with 503");
    }

    @Test
    void given_a_failure_of_a_database_when_shown_then_its_text_may_stand_in_json_as_it_is() {
        Throwable failure = HealthFailure.of(
                new IllegalStateException("relation \"a\\b\"\n\tdoes not exist", new IOException("reset")));

        assertThat(printed(failure))
                .isEqualTo("io.github.camelclinicea.consumer.HealthFailure: java.lang.IllegalStateException: "
                        + "relation 'a/b' does not exist");
    }

    @Test
    void given_no_failure_when_shown_then_there_is_none() {
        assertThat(HealthFailure.of(null)).isNull();
    }

    @Test
    void given_a_failure_without_a_message_when_shown_then_it_has_its_class() {
        assertThat(HealthFailure.of(new StackOverflowError())).hasMessage("java.lang.StackOverflowError");
    }
}
