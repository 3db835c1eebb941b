/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import org.apache.camel.main.Main;

/** Runs the gateway with the properties of {@code fhir/application.properties}. */
public final class FhirApplication {
    private FhirApplication() {}

    /**
     * Runs until the process is ended.
     *
     * @param args arguments of camel-main
     */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("classpath:fhir/application.properties");
        main.configure().addRoutesBuilder(new FhirGateway());
        main.run(args);
    }
}
