/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.starts;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.main.KameletMain;

/**
 * Does for {@code camel run} what the Camel CLI does: it gives the files and the dependencies to the CLI's own runtime,
 * which downloads and runs them. The command itself is in another artifact of Camel.
 */
public final class CamelCommand {
    private CamelCommand() {}

    /** Runs files until the process ends. */
    public static void main(String[] arguments) {
        List<String> files = new ArrayList<>();
        List<String> dependencies = new ArrayList<>();
        if (arguments.length == 0 || !arguments[0].equals("run")) {
            throw new IllegalArgumentException("Only camel run is here");
        }
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            if (argument.startsWith("--dep=")) {
                dependencies.addAll(
                        List.of(argument.substring("--dep=".length()).split(",")));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException("Unknown option: " + argument);
            } else {
                files.add("file:" + argument);
            }
        }
        KameletMain main = new KameletMain("camel.jbang");
        main.setAppName("Apache Camel (CLI runtime)");
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.component.properties.location", "file:application.properties");
        main.addInitialProperty("camel.main.routesIncludePattern", String.join(",", files));
        main.addInitialProperty("camel.jbang.dependencies", String.join(",", dependencies));
        try {
            main.run();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(main.getExitCode());
    }
}
