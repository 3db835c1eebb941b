/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import org.apache.camel.main.Main;

/**
 * Runs the gateway with the properties of {@code hl7/application.properties}, until the process is ended. System
 * properties and environment variables take precedence over them.
 */
public final class Hl7Application {
    private Hl7Application() {}

    /**
     * Runs the gateway.
     *
     * @param arguments those of Camel's {@code Main}
     */
    public static void main(String... arguments) throws Exception {
        System.exit(create().run(arguments));
    }

    /** Returns the gateway, not yet started. */
    static Main create() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("classpath:hl7/application.properties");
        main.configure().addRoutesBuilder(new ClinicToHl7());
        main.configure().addRoutesBuilder(new ResultsToClinic());
        return main;
    }
}
