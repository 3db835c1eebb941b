/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options with the size of the invented clinic.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class ClinicSize {
    private static final int PATIENTS = 15_000;
    private static final int APPOINTMENTS = 30_000;
    private static final int BILLS = 6_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--patients",
            paramLabel = "N",
            description = "The number of patients of the sandbox. Default: " + PATIENTS + ".")
    private Integer patients;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "The number of its appointments. Default: " + APPOINTMENTS + ".")
    private Integer appointments;

    @Option(names = "--bills", paramLabel = "N", description = "The number of its bills. Default: " + BILLS + ".")
    private Integer bills;

    /** Returns the first of these options that is given. */
    Optional<String> firstGiven() {
        return patients != null
                ? Optional.of("--patients")
                : appointments != null
                        ? Optional.of("--appointments")
                        : bills != null ? Optional.of("--bills") : Optional.empty();
    }

    /** Starts the clinic. */
    SandboxClinic start() {
        return new SandboxClinic(
                size("--patients", patients, PATIENTS),
                size("--appointments", appointments, APPOINTMENTS),
                size("--bills", bills, BILLS));
    }

    private int size(String name, Integer given, int byDefault) {
        if (given != null && given <= 0) {
            throw new ParameterException(command.commandLine(), name + " must be a number above 0");
        }
        return given == null ? byDefault : given;
    }
}
