/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.examples.docs.EndpointUse.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the search finds endpoints however a file has them. */
class EndpointSearchTest {
    static List<Arguments> places() {
        return List.of(
                Arguments.of(
                        "A.java", "from(\"clinicea:patients?apiKey=k\")", "clinicea:patients?apiKey=k", Side.CONSUMER),
                Arguments.of(
                        "A.java",
                        ".toD(\"clinicea:leads?operation=list&bodyType=\"\n + type)",
                        "clinicea:leads?operation=list&bodyType={{variable}}",
                        Side.PRODUCER),
                Arguments.of(
                        "A.java",
                        ".pollEnrich(\"clinicea:bills?delay=1s\", 5000)",
                        "clinicea:bills?delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "A.java",
                        "camel.getEndpoint(\"clinicea:visits?path=\" + path + \"&\" + options)",
                        "clinicea:visits?path={{variable}}",
                        Side.UNKNOWN),
                Arguments.of(
                        "A.java",
                        "\"clinicea:visits?path=%s&pageSize=5\".formatted(path)",
                        "clinicea:visits?path={{variable}}&pageSize=5",
                        Side.UNKNOWN),
                Arguments.of(
                        "A.java",
                        "String yaml = \"\"\"\n  uri: clinicea:rooms\n\"\"\";",
                        "clinicea:rooms",
                        Side.UNKNOWN),
                Arguments.of(
                        "A.java",
                        "/** Use {@code clinicea:payments?delay=1s}. */",
                        "clinicea:payments?delay=1s",
                        Side.UNKNOWN),
                Arguments.of("A.java", "/** Begins with clinicea:payments. */", "clinicea:payments", Side.UNKNOWN),
                Arguments.of(
                        "A.java",
                        "// to(\"clinicea:payments?operation=get\")",
                        "clinicea:payments?operation=get",
                        Side.PRODUCER),
                Arguments.of(
                        "a.xml",
                        "<from uri=\"master:a:clinicea:patients?apiKey=k&amp;delay=1s\"/>",
                        "clinicea:patients?apiKey=k&delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "a.xml",
                        "<to id=\"x\" uri='clinicea:patients?operation=get'/>",
                        "clinicea:patients?operation=get",
                        Side.PRODUCER),
                Arguments.of(
                        "a.xml",
                        "<value>clinicea:patients?a=b&amp;c=d</value>",
                        "clinicea:patients?a=b&c=d",
                        Side.UNKNOWN),
                Arguments.of(
                        "a.yaml",
                        "- from:\n    uri: clinicea:patients\n    parameters:\n      delay: 1s\n      syncId: \"{{?id}}\"\n",
                        "clinicea:patients?delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "a.yml",
                        "- to: clinicea:patients?operation=get\n",
                        "clinicea:patients?operation=get",
                        Side.PRODUCER),
                Arguments.of(
                        "a.yaml", "# or clinicea:visits?delay=1s\na: b\n", "clinicea:visits?delay=1s", Side.UNKNOWN),
                Arguments.of(
                        "a.yaml", "#set($x)\n- from: {uri: clinicea:visits}: {\n", "clinicea:visits", Side.UNKNOWN),
                Arguments.of(
                        "a.md",
                        "Use `clinicea:patients?apiKey=RAW(a b)&delay=1s` here.",
                        "clinicea:patients?apiKey=RAW(a b)&delay=1s",
                        Side.UNKNOWN),
                Arguments.of(
                        "a.md",
                        "| a | `clinicea:patients?operation=get`<br>id |",
                        "clinicea:patients?operation=get",
                        Side.UNKNOWN),
                Arguments.of(
                        "a.md",
                        "```text\nfrom  clinicea:patients?delay=1s\n```\n",
                        "clinicea:patients?delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "a.md",
                        "```java\nfrom(\"clinicea:patients?delay=1s\")\n```\n",
                        "clinicea:patients?delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "a.adoc",
                        "[source,java]\n----\nfrom(\"clinicea:patients?delay=1s\")\n----\n",
                        "clinicea:patients?delay=1s",
                        Side.CONSUMER),
                Arguments.of(
                        "a.adoc", "as in `clinicea:patients?delay=1s`.", "clinicea:patients?delay=1s", Side.UNKNOWN),
                Arguments.of(
                        "a.svg",
                        "<text x=\"1\">master:clinic-1:clinicea:patients</text>",
                        "clinicea:patients",
                        Side.UNKNOWN),
                Arguments.of("a.sh", "echo 'clinicea:patients?delay=1s'", "clinicea:patients?delay=1s", Side.UNKNOWN),
                Arguments.of("a.txt", "(see clinicea:patients?delay=1s).", "clinicea:patients?delay=1s", Side.UNKNOWN),
                Arguments.of(
                        "a.properties",
                        "uri = clinicea:patients?apiKey={{a b}}&delay=1s",
                        "clinicea:patients?apiKey={{a b}}&delay=1s",
                        Side.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("places")
    void given_an_endpoint_in_a_file_when_searched_then_it_is_found_once(
            String file, String text, String uri, Side side) {
        assertThat(EndpointSearch.in(file, text)).containsExactly(new EndpointUse(file, uri, side));
    }

    @Test
    void given_a_constant_when_a_call_puts_it_together_with_more_then_the_whole_endpoint_is_found() {
        String text = "String URI = \"clinicea:bills?\" + KEY;\nString KEY = \"apiKey=k\";\nfrom(URI + \"&delay=1s\")";

        assertThat(EndpointSearch.in("A.java", text))
                .contains(new EndpointUse("A.java", "clinicea:bills?apiKey=k&delay=1s", Side.CONSUMER));
    }

    @Test
    void given_what_only_looks_like_an_endpoint_when_searched_then_nothing_is_found() {
        for (String text : List.of(
                "mvn:io.github.camelclinicea:camel-clinicea-component:0.2.0",
                "transformDataType(\"clinicea:application-json\")",
                "toType: clinicea:application-cloudevents",
                "a route that begins with `clinicea:` polls",
                "clinicea://patients",
                "camel-clinicea:latest")) {
            assertThat(EndpointSearch.in("a.md", text)).as(text).isEmpty();
            assertThat(EndpointSearch.in("A.java", text)).as(text).isEmpty();
            assertThat(EndpointSearch.mentions(text)).as(text).isEmpty();
        }
    }
}
