/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    @ParameterizedTest
    @MethodSource
    void given_a_value_when_put_into_a_query_then_it_stays_data(String value, String encoded) {
        assertThat(Encoding.query(List.of(new Parameter("p", value)))).isEqualTo("?p=" + encoded);
    }

    static Stream<Arguments> given_a_value_when_put_into_a_query_then_it_stays_data() {
        return Stream.of(
                Arguments.of("2015-03-21T14:30:10+00:00", "2015-03-21T14:30:10%2B00:00"),
                Arguments.of("a b", "a%20b"),
                Arguments.of("50%", "50%25"),
                Arguments.of("x&y=z", "x%26y%3Dz"),
                Arguments.of("../../login", "..%2F..%2Flogin"),
                Arguments.of("#frag?q", "%23frag%3Fq"),
                Arguments.of("ä€😀", "%C3%A4%E2%82%AC%F0%9F%98%80"),
                Arguments.of("it's", "it%27s"),
                Arguments.of("line\r\nbreak", "line%0D%0Abreak"),
                Arguments.of("AZaz09-._~", "AZaz09-._~"));
    }

    @Test
    void given_a_text_when_encoded_for_a_uri_then_only_plain_characters_stay() {
        assertThat(Encoding.text("AZaz09-._~")).isEqualTo("AZaz09-._~");
        assertThat(Encoding.text("a/b:c#d e\r\n\"é")).isEqualTo("a%2Fb%3Ac%23d%20e%0D%0A%22%C3%A9");
        assertThat(Encoding.text("")).isEmpty();
    }

    @Test
    void given_several_parameters_when_made_a_query_then_they_keep_their_order_even_if_one_comes_twice() {
        assertThat(Encoding.query(List.of(new Parameter("b", "1"), new Parameter("a", ""), new Parameter("b", "2"))))
                .isEqualTo("?b=1&a=&b=2");
    }

    @Test
    void given_no_parameters_when_made_a_query_then_there_is_none() {
        assertThat(Encoding.query(List.of())).isEmpty();
    }

    @Test
    void given_an_odd_name_when_put_into_a_query_then_it_is_encoded_too() {
        assertThat(Encoding.query(List.of(new Parameter("a&b:c", "1")))).isEqualTo("?a%26b%3Ac=1");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "../login, ..%2Flogin",
        "a:b, a%3Ab",
        "a+b, a%2Bb",
        "..., ...",
        "%2e%2e, %252e%252e",
        "?x, %3Fx"
    })
    void given_an_id_when_put_into_a_path_then_it_stays_one_segment(String id, String segment) {
        assertThat(Encoding.pathSegment(id)).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void given_an_id_that_no_encoding_makes_data_when_put_into_a_path_then_it_is_refused(String id) {
        assertThatThrownBy(() -> Encoding.pathSegment(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void given_any_text_when_encoded_as_a_value_then_decoding_gives_it_back(@ForAll("texts") String text) {
        String query = Encoding.query(List.of(new Parameter("p", text)));

        assertThat(query).matches("\\?p=([A-Za-z0-9._~:-]|%[0-9A-F]{2})*");
        assertThat(URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(URI.create("http://host/path" + query).getQuery()).isEqualTo("p=" + text);
    }

    @Property
    void given_any_text_when_encoded_as_a_segment_then_it_is_one_and_decoding_gives_it_back(
            @ForAll("texts") String text) {
        Assume.that(!text.isEmpty() && !text.equals(".") && !text.equals(".."));

        String segment = Encoding.pathSegment(text);

        assertThat(segment).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
        assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(URI.create("http://host/" + segment).normalize().getPath()).isEqualTo("/" + text);
    }

    /** Returns whole characters, including those beyond the basic plane and those with a meaning in a URL. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anyCharacter = Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .map(Character::toString);
        Arbitrary<String> special = Arbitraries.of("&", "=", "+", "%", "#", "?", "/", ":", ".", "..", " ", ";");
        return Arbitraries.oneOf(List.of(anyCharacter, special))
                .list()
                .ofMaxSize(20)
                .map(list -> String.join("", list));
    }
}
