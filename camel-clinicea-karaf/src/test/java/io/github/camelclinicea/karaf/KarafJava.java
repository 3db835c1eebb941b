/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the Java that Karaf runs on. The scripts of Karaf 4.4 ask for a security manager, and Java 24 and newer do not
 * start with that. Karaf's own code needs a method that they no longer have.
 */
final class KarafJava {
    /** The feature releases that run both Karaf 4.4 and the component. */
    private static final int OLDEST = 17;

    private static final int NEWEST = 23;

    private static final Pattern FEATURE = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    private KarafJava() {}

    /** Returns the Java of this test if Karaf runs on it, else the oldest installed beside it. */
    static Optional<Path> home() throws IOException {
        return home(Path.of(System.getProperty("java.home")), System.getenv());
    }

    /**
     * Returns a Java that Karaf runs on.
     *
     * @param own the Java to prefer; others are searched for beside it
     * @param environment the variables of the environment; those like {@code JAVA_HOME_17_X64} name others
     */
    static Optional<Path> home(Path own, Map<String, String> environment) throws IOException {
        if (runsKaraf(own)) {
            return Optional.of(own);
        }
        try (Stream<Path> beside = Files.list(own.toRealPath().getParent())) {
            List<Path> others = Stream.concat(
                            beside,
                            environment.entrySet().stream()
                                    .filter(variable -> variable.getKey().startsWith("JAVA_HOME_"))
                                    .map(variable -> Path.of(variable.getValue())))
                    .filter(KarafJava::runsKaraf)
                    .sorted(Comparator.comparing(KarafJava::feature).thenComparing(Comparator.naturalOrder()))
                    .toList();
            return others.stream().findFirst();
        }
    }

    private static boolean runsKaraf(Path home) {
        int feature = feature(home);
        return feature >= OLDEST && feature <= NEWEST && Files.isExecutable(home.resolve("bin/java"));
    }

    /** Returns the feature release of a Java, as its file says; 0 if it has none. */
    private static int feature(Path home) {
        try {
            Matcher version = FEATURE.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
