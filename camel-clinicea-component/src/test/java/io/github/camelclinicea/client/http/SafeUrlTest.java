/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which texts are accepted as a URL, and the message for the others. */
class SafeUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://clinic.test", "HTTP://localhost:65535/x", "https://[::1]:1"})
    void given_an_http_url_when_checked_then_it_is_taken(String text) {
        assertThat(SafeUrl.check("baseUrl", text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ht tp://secret                  | is not a URL
                    secret.test                     | must be an http or https URL with a host
                    ftp://secret.test               | must be an http or https URL with a host
                    https:///secret                 | must be an http or https URL with a host
                    https://secret@clinic.test      | must not contain user information, a query or a fragment
                    https://clinic.test?secret=1    | must not contain user information, a query or a fragment
                    https://clinic.test/#secret     | must not contain user information, a query or a fragment
                    https://clinic.test:0/secret    | has the port 0, which must be from 1 to 65535
                    https://clinic.test:65536       | has the port 65536, which must be from 1 to 65535
                    """)
    void given_another_text_when_checked_then_the_error_names_the_option_and_quotes_nothing(String text, String error) {
        assertThatThrownBy(() -> SafeUrl.check("baseUrl", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baseUrl " + error)
                .hasNoCause();
    }
}
