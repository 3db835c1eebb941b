/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListOptionsTest {
    private static final List<String> LISTS = List.of("patients", "bills", "deletedBills");

    @Test
    void given_no_option_when_a_list_is_read_then_its_uri_has_none() {
        assertThat(ListOptions.parse(List.of(), LISTS).uri("patients")).isEqualTo("clinicea:patients");
    }

    @Test
    void given_options_of_all_and_of_one_when_lists_are_read_then_the_one_takes_precedence() {
        ListOptions options = ListOptions.parse(
                List.of("firstPage=1", "bills.firstPage=0", "bills.path=/api/v2/bills", "parameter.a=b"), LISTS);

        assertThat(options.uri("patients")).isEqualTo("clinicea:patients?firstPage=1&parameter.a=b");
        assertThat(options.uri("bills")).isEqualTo("clinicea:bills?firstPage=0&parameter.a=b&path=/api/v2/bills");
    }

    @Test
    void given_a_value_as_in_a_uri_when_read_then_it_is_the_one_within_raw() {
        assertThat(ListOptions.parse(List.of("idField=RAW(a b)"), LISTS).uri("bills"))
                .isEqualTo("clinicea:bills?idField=RAW(a b)");
    }

    @ParameterizedTest
    @CsvSource({
        "firstPage, NAME=VALUE",
        "=1, NAME=VALUE",
        "firstpage=1, Did you mean 'firstPage'?",
        "visits.firstPage=1, visits is not mirrored",
        "bills.apiKey=x, must not have a secret such as apiKey",
        "password=x, must not have a secret such as password",
        "username=x, must not have a secret such as username",
        "parameter.api_key=x, must not have a secret such as parameter.api_key",
        "bills.parameter.pwd=x, must not have a secret such as parameter.pwd",
        "baseUrl=x, there is an option of its own",
        "bodyType=Map, cannot set bodyType",
        "bills.transacted=false, cannot set transacted",
        "startScheduler=false, cannot set startScheduler",
        "repeatCount=1, cannot set repeatCount",
        "scheduler.a=b, cannot set scheduler.a",
        "statuses=added, cannot set statuses",
        "parameter.=x, has no option parameter.",
    })
    void given_a_wrong_option_when_parsed_then_the_message_names_it(String text, String message) {
        assertThatThrownBy(() -> ListOptions.parse(List.of(text), LISTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--option")
                .hasMessageContaining(message);
    }

    @Test
    void given_a_value_when_printed_then_only_the_names_are_there() {
        assertThat(ListOptions.parse(List.of("idField=canary"), LISTS))
                .asString()
                .contains("idField")
                .doesNotContain("canary");
    }
}
