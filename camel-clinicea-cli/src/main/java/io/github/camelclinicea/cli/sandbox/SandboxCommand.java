/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.sandbox;

import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.ShellWord;
import io.github.camelclinicea.cli.Terminal;
import io.github.camelclinicea.sandbox.ClinicActivity;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.sandbox.SandboxFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the sandbox until the process ends.
 *
 * <p>Specified by {@code SandboxCommandTest}.
 */
@Command(
        name = "sandbox",
        description = "Runs an invented clinic with the API of Clinicea, to try routes and the other commands on.",
        footer = "While it runs, change records by PUT and DELETE, and switch faults by its page /__admin/mappings.")
public final class SandboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port to listen on, on this machine only; a free one unless given.")
    private int port;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The key that it accepts; made from the seed unless given. It is printed.")
    private String apiKey;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number that all data is made from. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "250",
            description = "The number of patients at the start. Default: ${DEFAULT-VALUE}.")
    private int patients;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            defaultValue = "500",
            description = "The number of appointments at the start. Default: ${DEFAULT-VALUE}.")
    private int appointments;

    @Option(
            names = "--bills",
            paramLabel = "N",
            defaultValue = "100",
            description = "The number of bills at the start. Default: ${DEFAULT-VALUE}.")
    private int bills;

    @Option(
            names = "--changes-per-minute",
            paramLabel = "N",
            defaultValue = "0",
            description = "The number of records to add, change or delete a minute. Default: ${DEFAULT-VALUE}.")
    private int changesPerMinute;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            split = ",",
            description =
                    "Faults to begin with: DOWN (each request gets a 503), SLOW (each response comes half a second"
                            + " late), UNSTEADY (each fifth request gets a 503).")
    private List<SandboxFault> faults = List.of();

    /** Runs until the calling thread is interrupted or the process ends. */
    @Override
    public Integer call() throws InterruptedException {
        CliniceaSandbox.Builder builder = builder();
        try (CliniceaSandbox sandbox = start(builder)) {
            ClinicActivity activity = ClinicActivity.start(sandbox.clinic(), changesPerMinute, seed);
            try {
                Output out = new Output(spec.commandLine().getOut(), Terminal.interactive());
                greet(sandbox, out);
                new LinkedHashSet<>(faults).forEach(fault -> switchOn(fault, sandbox, out));
                out.println("Stop it with Ctrl-C.");
                new CountDownLatch(1).await();
                return 0;
            } finally {
                activity.close();
            }
        }
    }

    private static void switchOn(SandboxFault fault, CliniceaSandbox sandbox, Output out) {
        fault.switchOn(sandbox.wireMock());
        out.println("Fault " + fault + " is on. Switch it off:\n  curl -X DELETE " + sandbox.baseUrl()
                + "/__admin/mappings/" + fault.id());
    }

    private CliniceaSandbox.Builder builder() {
        if (changesPerMinute < 0 || changesPerMinute > ClinicActivity.MOST_PER_MINUTE) {
            throw wrong("--changes-per-minute must be from 0 to " + ClinicActivity.MOST_PER_MINUTE);
        }
        try {
            CliniceaSandbox.Builder builder = CliniceaSandbox.builder()
                    .port(port)
                    .seed(seed)
                    .patients(patients)
                    .appointments(appointments)
                    .bills(bills);
            return apiKey == null ? builder : builder.apiKey(apiKey);
        } catch (IllegalArgumentException e) {
            throw wrong("--" + e.getMessage().replaceFirst("^apiKey", "api-key"));
        }
    }

    private CliniceaSandbox start(CliniceaSandbox.Builder builder) {
        try {
            return builder.start();
        } catch (RuntimeException e) {
            throw new CommandFailedException("The sandbox cannot start on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static void greet(CliniceaSandbox sandbox, Output out) {
        String account = " --base-url=" + sandbox.baseUrl() + " --api-key=" + ShellWord.of(sandbox.apiKey());
        out.println("A sandbox with invented data.");
        out.println("  base URL  " + sandbox.baseUrl());
        out.println("  API key   " + sandbox.apiKey());
        out.println("  staff     " + sandbox.staffUser() + " / " + sandbox.staffPassword());
        out.println("Try in another terminal:");
        String clinicea = "java -jar clinicea.jar ";
        out.println("  " + clinicea + "mirror" + account);
        out.println("  " + clinicea + "probe" + account);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
