/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksApplicationTest {
    @TempDir
    Path folder;

    private static String setting(Path file, String name) {
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent()
                .setLocation(BooksApplication.create(file.toString()).getPropertyPlaceholderLocations());
        return context.resolvePropertyPlaceholders("{{" + name + "}}");
    }

    @Test
    void given_a_file_with_a_setting_when_started_then_it_takes_precedence_over_the_default() throws Exception {
        Path file = Files.writeString(folder.resolve("books.properties"), "books.currency = AED");

        assertThat(setting(file, "books.currency")).isEqualTo("AED");
        assertThat(setting(file, "books.zone")).isEqualTo("Asia/Kolkata");
    }

    @Test
    void given_no_file_when_started_then_the_defaults_count() {
        assertThat(setting(folder.resolve("books.properties"), "books.currency"))
                .isEqualTo("INR");
    }
}
