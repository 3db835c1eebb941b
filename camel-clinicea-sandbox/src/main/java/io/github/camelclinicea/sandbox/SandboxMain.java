/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a sandbox as a process of its own, until it is interrupted. All arguments are optional:
 * {@code --port=8080 --seed=1 --patients=250 --appointments=500 --bills=100 --api-key=KEY}. The exit code is 2 for a
 * wrong argument, and 1 if the sandbox cannot start.
 */
public final class SandboxMain {
    private static final String USAGE = "Arguments, all optional: --port=8080 --seed=1 --patients=250"
            + " --appointments=500 --bills=100 --api-key=KEY";

    private SandboxMain() {}

    /**
     * Runs the sandbox and ends the process.
     *
     * @param arguments see the class
     */
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Runs the sandbox until the calling thread is interrupted or an error occurs, and returns the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.println(USAGE);
            return 0;
        }
        CliniceaSandbox.Builder builder;
        try {
            builder = parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        }
        CliniceaSandbox sandbox;
        try {
            sandbox = builder.start();
        } catch (RuntimeException e) {
            err.println("The sandbox could not start: " + e.getMessage());
            return 1;
        }
        try (sandbox) {
            greet(sandbox, out);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The regular end for a caller in the same process. A signal ends the process before it gets here.
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    static CliniceaSandbox.Builder parse(List<String> arguments) {
        CliniceaSandbox.Builder builder = CliniceaSandbox.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? "" : argument.substring(equals + 1);
            switch (name) {
                case "--port" -> builder.port(integer(name, value));
                case "--seed" -> builder.seed(number(name, value));
                case "--patients" -> builder.patients(integer(name, value));
                case "--appointments" -> builder.appointments(integer(name, value));
                case "--bills" -> builder.bills(integer(name, value));
                case "--api-key" -> builder.apiKey(value);
                default -> throw new IllegalArgumentException("Unknown argument " + name);
            }
        }
        return builder;
    }

    private static void greet(CliniceaSandbox sandbox, PrintStream out) {
        out.println("Clinicea sandbox with invented data; stop it with Ctrl-C");
        out.println("  base URL  " + sandbox.baseUrl());
        out.println("  API key   " + sandbox.apiKey());
        out.println("  staff     " + sandbox.staffUser() + " / " + sandbox.staffPassword());
        out.println("Try:");
        out.println("  curl -H 'api_key: " + sandbox.apiKey() + "' '" + sandbox.baseUrl()
                + "/api/v1/patients?lastSyncDate=2000-01-01T00:00:00&intPageNo=0'");
        out.flush();
    }

    private static int integer(String name, String value) {
        long number = number(name, value);
        if (number != (int) number) {
            throw new IllegalArgumentException(name + " is too large: " + value);
        }
        return (int) number;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be a whole number, as in " + name + "=1, not '" + value + "'");
        }
    }
}
