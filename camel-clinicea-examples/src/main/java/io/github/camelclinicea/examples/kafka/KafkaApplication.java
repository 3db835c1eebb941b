/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.kafka;

import org.apache.camel.main.Main;

/**
 * Runs {@link ClinicToKafka} until the process is stopped.
 *
 * <p>Specified by {@code KafkaKillTest}.
 */
public final class KafkaApplication {
    private KafkaApplication() {}

    /**
     * Starts the application.
     *
     * @param arguments the arguments of Camel's main class
     * @throws Exception if it cannot start, for instance because a topic would lose records
     */
    public static void main(String[] arguments) throws Exception {
        Main main = configured();
        main.configure().addRoutesBuilder(new ClinicToKafka());
        main.run(arguments);
    }

    /** Returns Camel with the properties of the application. A system property of the same name takes precedence. */
    static Main configured() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("classpath:kafka/application.properties");
        return main;
    }
}
