/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.client.FirstPage;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.row.Page;
import io.github.camelclinicea.row.Row;
import io.github.camelclinicea.row.RowVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests how a list treats an unreadable row. StreamedListTest tests everything else over a real server. */
class RowStreamTest {
    private static Row row(String id, String json, String defect) {
        byte[] bytes = json.getBytes(UTF_8);
        return new Row(id, null, null, bytes, null, RowVersion.of(id, null, null, bytes), defect);
    }

    @Test
    void given_a_row_that_cannot_be_read_when_it_is_taken_then_that_is_the_failure_and_none_of_it_is_told()
            throws Exception {
        Page page = new Page(
                0,
                List.of(row("p1", "{\"ID\":\"p1\"}", null), row(null, "[\"Secret Smith\"]", "it is not an object")),
                null);
        RowStream rows = new RowStream(
                "patients",
                "list",
                new PagedList("patients", number -> page, FirstPage.certain(0), 10, 100),
                BodyFormat.MAP,
                null);

        assertThatThrownBy(rows::toList)
                .isInstanceOf(CliniceaException.class)
                .hasMessageContaining("a row that cannot be read: it is not an object")
                .hasMessageNotContaining("Smith");
    }

    @Test
    void given_a_row_that_can_be_read_when_it_is_taken_then_it_is_a_body() throws Exception {
        Page page = new Page(0, List.of(row("p1", "{\"ID\":\"p1\"}", null)), null);
        RowStream rows = new RowStream(
                "patients",
                "list",
                new PagedList(
                        "patients",
                        number -> number == 0 ? page : new Page(0, List.of(), null),
                        FirstPage.certain(0),
                        10,
                        100),
                BodyFormat.MAP,
                null);

        assertThat(rows.toList()).containsExactly(Map.of("ID", "p1"));
    }
}
