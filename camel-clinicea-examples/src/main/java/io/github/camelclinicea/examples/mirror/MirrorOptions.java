/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the command line.
 *
 * @param jdbcUrl the database; null for an H2 file
 * @param jdbcUser its user, or null
 * @param jdbcPassword its password, or null
 * @param baseUrl a real server; null for the sandbox
 * @param apiKey the key of the real server
 * @param deletedBillsPath the path of the list of deleted bills, or null for the path that the catalogue guesses
 * @param patients the number of patients in the sandbox at the start
 * @param appointments the number of appointments
 * @param bills the number of bills
 * @param delayMillis the pause between two polls of a resource, in milliseconds
 */
record MirrorOptions(
        String jdbcUrl,
        String jdbcUser,
        String jdbcPassword,
        String baseUrl,
        String apiKey,
        String deletedBillsPath,
        int patients,
        int appointments,
        int bills,
        int delayMillis) {

    static final String USAGE = """
            Mirrors Clinicea into a SQL database.
              --jdbc-url=URL --jdbc-user=USER --jdbc-password=PASSWORD   the database (default: an H2 file)
              --base-url=URL --api-key=KEY                               a real account (default: the sandbox);
                                                                         the key may be in CLINICEA_API_KEY instead
              --deleted-bills-path=PATH                                  where that list is, if not at the guessed path
              --patients=N --appointments=N --bills=N                    the size of the sandbox's clinic
              --delay=MILLIS                                             the pause between two polls (default: 500)
            """;

    /** The path that the catalogue guesses. The sandbox has it, so the warning about the guess is not needed there. */
    private static final String SANDBOX_DELETED_BILLS = "/api/v1/deleted_bills";

    private static final Set<String> NAMES = Set.of(
            "jdbc-url",
            "jdbc-user",
            "jdbc-password",
            "base-url",
            "api-key",
            "deleted-bills-path",
            "patients",
            "appointments",
            "bills",
            "delay");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if an argument is unknown or has a wrong value; the message names it
     */
    static MirrorOptions parse(String... args) {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 0 ? arg.substring(2, equals) : null;
            if (name == null || !NAMES.contains(name)) {
                // Without the value: it may be a password after a misspelt name.
                String shown = equals < 0 ? arg : arg.substring(0, equals);
                throw new IllegalArgumentException("Unknown argument " + shown + "\n" + USAGE);
            }
            given.put(name, arg.substring(equals + 1));
        }
        if (given.containsKey("base-url") && System.getenv("CLINICEA_API_KEY") != null) {
            given.putIfAbsent("api-key", System.getenv("CLINICEA_API_KEY"));
        }
        if (given.containsKey("base-url") != given.containsKey("api-key")) {
            throw new IllegalArgumentException("--base-url and --api-key belong together; one is missing\n" + USAGE);
        }
        return new MirrorOptions(
                given.get("jdbc-url"),
                given.get("jdbc-user"),
                given.get("jdbc-password"),
                given.get("base-url"),
                given.get("api-key"),
                given.getOrDefault("deleted-bills-path", given.containsKey("base-url") ? null : SANDBOX_DELETED_BILLS),
                number(given, "patients", 15_000),
                number(given, "appointments", 30_000),
                number(given, "bills", 6_000),
                number(given, "delay", 500));
    }

    private static int number(Map<String, String> given, String name, int byDefault) {
        String text = given.get(name);
        if (text == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number that is too small.
        }
        throw new IllegalArgumentException("--" + name + "=" + text + " is not a number above 0\n" + USAGE);
    }

    boolean sandbox() {
        return baseUrl == null;
    }

    /**
     * Returns the prefix of all tables. The sandbox has its own, because it empties its tables at each start and must
     * not empty a real mirror.
     */
    String tablePrefix() {
        return sandbox() ? "sandbox_" : "mirror_";
    }

    /** Returns no values, because there are secrets among them. */
    @Override
    public String toString() {
        return "MirrorOptions";
    }
}
