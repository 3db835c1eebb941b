/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import org.apache.camel.main.Main;

/**
 * Runs the books, until it is interrupted. A system property, or a line of the file {@code books.properties} in the
 * working directory, takes the place of one in {@code books/application.properties}.
 *
 * <p>Specified by {@code BooksKilledTest} and {@code BooksApplicationTest}.
 */
public final class BooksApplication {
    private BooksApplication() {}

    /**
     * Runs the books and ends the process.
     *
     * @param arguments those of camel-main
     * @throws Exception if it cannot start
     */
    public static void main(String... arguments) throws Exception {
        System.exit(create("books.properties").run(arguments));
    }

    /**
     * Creates the application.
     *
     * @param settings a file whose values take precedence over the defaults; it need not exist
     */
    static Main create(String settings) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(
                "file:" + settings + ";optional=true,classpath:books/application.properties");
        main.configure().addRoutesBuilder(new Books());
        return main;
    }
}
