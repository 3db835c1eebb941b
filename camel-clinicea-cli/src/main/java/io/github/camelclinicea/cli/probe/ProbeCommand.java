/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.ApiKeyOptions;
import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.StopSignal;
import io.github.camelclinicea.cli.Terminal;
import io.github.camelclinicea.cli.Version;
import io.github.camelclinicea.client.http.Loopback;
import io.github.camelclinicea.client.http.SafeUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Finds out with a few reads how a real account behaves, and prints the options to set.
 *
 * <p>Specified by {@code ProbeCommandTest}.
 */
@Command(
        name = "probe",
        description = {
            "Finds out how an account behaves, and prints the options to set.",
            "It reads only, with 40 requests at most. It prints and writes names, types, counts and statuses, never a"
                    + " value of a row."
        },
        footer = {
            "Files written:",
            "  clinicea-probe.json      the report, for an issue",
            "  clinicea-catalogue.json  for the option catalogue, what the shipped catalogue has wrong"
        })
public final class ProbeCommand implements Callable<Integer> {
    static final String REPORT_FILE = "clinicea-probe.json";

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApiKeyOptions account;

    @Option(
            names = {"--resource", "--resources"},
            paramLabel = "NAME",
            split = ",",
            description = "The lists to ask. Default: all that the catalogue has.")
    private List<String> resources = List.of();

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            defaultValue = "500",
            description = "The time between two requests, such as 500, which is in milliseconds, or 2s. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String pause;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "The time that one request may take. Default: ${DEFAULT-VALUE}.")
    private String timeout;

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            defaultValue = ".",
            description = "Where the files are written. Default: the current directory.")
    private Path directory;

    @Option(names = "--all", description = "Print all facts, and not only those with a difference or an option.")
    private boolean all;

    @Override
    public Integer call() {
        ProbeSettings settings = settings();
        if (!Files.isDirectory(directory)) {
            throw wrong("--directory: there is no directory " + directory);
        }
        CatalogueMerge catalogue = earlierCatalogue();
        // Ctrl-C ends the questions. The process lives on until the report is written.
        AtomicReference<Thread> asking = new AtomicReference<>(Thread.currentThread());
        StopSignal stop = new StopSignal(() -> {
            synchronized (asking) {
                Optional.ofNullable(asking.getAndSet(null)).ifPresent(Thread::interrupt);
            }
        });
        try {
            Output output = new Output(spec.commandLine().getOut(), Terminal.interactive());
            ProbeReport report = ProbeReport.of(findings(settings, output));
            synchronized (asking) {
                asking.set(null);
                // An interrupt that came too late for the questions would close the files.
                Thread.interrupted();
            }
            return print(report, catalogue);
        } finally {
            stop.close();
        }
    }

    private int print(ProbeReport report, CatalogueMerge catalogue) {
        PrintWriter out = spec.commandLine().getOut();
        ReportText.of(report, all).forEach(out::println);
        write(REPORT_FILE, ReportJson.text(ReportJson.of(report, Version.text(), LocalDate.now(ZoneOffset.UTC))));
        out.println();
        out.print("Written: " + REPORT_FILE + ", which is for an issue");
        if (report.failure().isEmpty()) {
            write(
                    PrintedOptions.CATALOGUE_FILE,
                    ReportJson.text(catalogue.with(report.catalogue().path("resources"), report.found())));
            out.print(", and " + PrintedOptions.CATALOGUE_FILE);
        }
        out.println();
        catalogue.words().forEach(out::println);
        out.flush();
        if (report.failure().isEmpty()) {
            return 0;
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("clinicea: " + report.failure().get());
        err.flush();
        return FAILED;
    }

    /** Asks. In a terminal, a line says how far it is. */
    private static ProbeFindings findings(ProbeSettings settings, Output output) {
        AtomicInteger requests = new AtomicInteger(1);
        Pause pause = time -> {
            if (output.terminal()) {
                output.progress("request " + requests.incrementAndGet() + " of " + Wire.MAX_REQUESTS + " at most");
            }
            Thread.sleep(time.toMillis());
        };
        try {
            return new Probe(settings, pause, Clock.systemUTC()).run();
        } finally {
            output.clear();
        }
    }

    /** Reads the catalogue file of an earlier probe, before anything is asked. */
    private CatalogueMerge earlierCatalogue() {
        Path file = directory.resolve(PrintedOptions.CATALOGUE_FILE);
        try {
            return new CatalogueMerge(Files.exists(file) ? Files.readString(file) : null);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(
                    "--directory: " + file + " is there, but is no catalogue file. Move it, or give another directory");
        }
    }

    private ProbeSettings settings() {
        List<String> lists = lists();
        Duration between = time("--pause", pause, 0);
        Duration longest = time("--timeout", timeout, 1);
        Account of = account.account();
        String key = of.apiKey();
        if (key != null && !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw wrong("--api-key contains a blank or a character that cannot be sent in a header; check how it was"
                    + " copied");
        }
        return new ProbeSettings(server(of), key, of.username(), of.password(), lists, between, longest);
    }

    private List<String> lists() {
        Catalogue catalogue = Catalogue.shipped();
        List<String> known = catalogue.names().stream()
                .filter(name -> catalogue.resource(name).map(Resource::changes).isPresent())
                .toList();
        List<String> wanted = resources.stream().map(String::strip).distinct().toList();
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw wrong("--resource: there is no list of " + name + ". " + Suggestion.of(name, known) + "Choose of "
                        + String.join(",", known));
            }
        }
        return wanted.isEmpty() ? known : wanted;
    }

    private URI server(Account of) {
        URI url;
        try {
            url = SafeUrl.check("--base-url", of.baseUrl());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) && !Loopback.is(url.getHost())) {
            throw wrong("--base-url is plain http to another machine, which would send the credentials and patients'"
                    + " data unencrypted; use https");
        }
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private Duration time(String option, String text, long least) {
        try {
            long millis = TimeUtils.toMilliSeconds(text);
            if (millis >= least) {
                return Duration.ofMillis(millis);
            }
        } catch (RuntimeException e) {
            // Reported below, like a time that is too short.
        }
        throw wrong(option + " must be a time such as 2s or 500, which is in milliseconds");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot write " + directory.resolve(name) + "; give a directory with --directory");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
