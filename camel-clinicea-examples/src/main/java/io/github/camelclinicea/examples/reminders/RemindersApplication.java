/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import org.apache.camel.main.Main;

/**
 * Runs the reminders with Camel Main.
 *
 * <p>Specified by {@code RemindersKilledTest} and {@code RemindersRestartTest}.
 */
public final class RemindersApplication {
    private RemindersApplication() {}

    /**
     * Runs until the process is asked to end.
     *
     * @param args the arguments of Camel Main
     */
    public static void main(String[] args) throws Exception {
        create("reminders.properties").run(args);
    }

    /**
     * Creates the application.
     *
     * @param settings a file whose values take precedence over the defaults; it need not exist
     */
    static Main create(String settings) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(
                "file:" + settings + ";optional=true,classpath:reminders/application.properties");
        main.configure().addRoutesBuilder(new Reminders());
        return main;
    }
}
