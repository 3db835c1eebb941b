/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.ApiKeyOptions;
import io.github.camelclinicea.cli.LogSettings;
import io.github.camelclinicea.cli.Output;
import io.github.camelclinicea.cli.StopSignal;
import io.github.camelclinicea.cli.StoppedException;
import io.github.camelclinicea.cli.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.camel.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Mirrors an account, or the sandbox, into a SQL database.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
@Command(
        name = "mirror",
        description = {
            "Mirrors resources of an account into a SQL database.",
            "Each resource gets a table with its records as JSON, such as mirror_patients, and one with a column for"
                    + " each field, such as mirror_patients_fields. The same command later goes on from where it ended."
        },
        footer = {
            "To try it without an account:",
            "  clinicea mirror --sandbox",
            "Into PostgreSQL, until Ctrl-C:",
            "  clinicea mirror --jdbc-url=jdbc:postgresql://HOST/DATABASE --follow"
        })
public final class MirrorCommand implements Callable<Integer> {
    private static final int STOPPED = 130;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ApiKeyOptions account;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--resources",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "patients,appointments,bills",
            description = "The resources to mirror. Default: ${DEFAULT-VALUE}.")
    private List<String> resources;

    @Option(
            names = "--option",
            paramLabel = "[RESOURCE.]NAME=VALUE",
            description = "An option of the endpoints that read the lists, such as firstPage=1, or of one,"
                    + " such as bills.path=/api/v1/bills. Repeatable.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description = "A catalogue that corrects the shipped one, such as the clinicea-catalogue.json of a probe.")
    private Path catalogue;

    @Option(
            names = "--reset",
            paramLabel = "RESOURCE",
            split = ",",
            description = "Empty the table of a resource and begin its sync again, for example after its path was"
                    + " corrected. deletedBills has no table of its own.")
    private List<String> reset = new ArrayList<>();

    @Option(
            names = "--same-account",
            description = "The key or login differs from that of the last run, but the account is the same.")
    private boolean sameAccount;

    @Option(names = "--follow", description = "Go on polling, with a line for each poll that had rows.")
    private boolean follow;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            description = "The time between two polls of a list, such as 90s or 5m. Default: 60s with --follow, or else"
                    + " 500 milliseconds.")
    private String delay;

    @Option(
            names = "--compare",
            description = "List all records again at the end and compare them with the mirror. It takes as many"
                    + " requests as a first sync.")
    private boolean compare;

    @Option(names = "--dry-run", description = "Check the options and print what would be read and written.")
    private boolean dryRun;

    @Option(
            names = "--sandbox",
            description = "Mirror an invented clinic, change it, restart and compare. Options of an account, such as"
                    + " --base-url, take precedence.")
    private boolean sandbox;

    @Mixin
    private ClinicSize size;

    @Override
    public Integer call() throws Exception {
        if (follow) {
            LogSettings.showFailedPolls();
        }
        boolean real = !sandbox || account.given();
        MirrorSettings settings = settings(real);
        DatabaseAddress address = database.address();
        Account from = real ? account.account() : null;
        Output out = new Output(spec.commandLine().getOut(), Terminal.interactive());
        StopSignal stop = new StopSignal();
        try {
            DryRun plan = new DryRun(address, settings);
            plan.check(from);
            if (dryRun) {
                plan.print(from, out);
                return 0;
            }
            boolean equal = real
                    ? mirror(new AccountMirror(from, address, settings, out, stop))
                    : showCase(settings, address, out, stop);
            return equal ? 0 : 1;
        } catch (WrongOptionException e) {
            throw wrong(e.getMessage());
        } catch (StoppedException e) {
            out.println("Stopped. The same command goes on from here.");
            return STOPPED;
        } finally {
            out.clear();
            stop.close();
        }
    }

    private boolean mirror(AccountMirror mirror) throws Exception {
        if (follow) {
            mirror.follow();
        }
        return mirror.once(compare);
    }

    private boolean showCase(MirrorSettings settings, DatabaseAddress address, Output out, StopSignal stop)
            throws Exception {
        SandboxClinic.addOptions(settings.options());
        try (SandboxClinic clinic = size.start()) {
            return new ShowCase(clinic, address, settings, out, stop).run();
        }
    }

    private MirrorSettings settings(boolean real) {
        if (real) {
            size.firstGiven().ifPresent(name -> {
                throw wrong(name + " is a size of the sandbox and needs --sandbox");
            });
        } else if (follow) {
            throw wrong("--follow needs an account; 'clinicea sandbox --changes-per-minute=60' runs one to try it on");
        }
        if (follow && compare) {
            throw wrong("--compare cannot be used with --follow");
        }
        List<Mirrored> mirrored = mirrored();
        MirrorSettings settings = new MirrorSettings(
                mirrored,
                listOptions(mirrored),
                delay(),
                real ? MirrorSettings.OF_AN_ACCOUNT : MirrorSettings.OF_THE_SANDBOX,
                reset(mirrored, real),
                sameAccount);
        if (catalogue != null) {
            settings.options().putForAll("catalogue", "file:" + catalogue.toAbsolutePath());
        }
        return settings;
    }

    private List<Mirrored> mirrored() {
        List<String> known = Catalogue.shipped().names().stream()
                .filter(name -> Catalogue.shipped()
                        .resource(name)
                        .map(Resource::changes)
                        .isPresent())
                .filter(Predicate.not(Mirrored.DELETED_BILLS.resource()::equals))
                .toList();
        List<Mirrored> mirrored = new ArrayList<>();
        for (String name : resources.stream().map(String::strip).distinct().toList()) {
            // A catalogue of one's own may have others. The name becomes that of a table.
            boolean possible = catalogue != null
                    && name.matches("\\p{Alpha}\\w*")
                    && !name.equals(Mirrored.DELETED_BILLS.resource());
            if (!possible && !known.contains(name)) {
                throw wrong("--resources: there is no list of " + name + ". Choose of " + String.join(",", known)
                        + (name.equals(Mirrored.DELETED_BILLS.resource()) ? "; deletedBills comes with bills" : ""));
            }
            mirrored.add(new Mirrored(name));
        }
        return mirrored;
    }

    private ListOptions listOptions(List<Mirrored> mirrored) {
        List<String> lists =
                Mirrored.lists(mirrored).stream().map(Mirrored::resource).toList();
        if (catalogue != null && !Files.isReadable(catalogue)) {
            throw wrong("--catalogue: " + catalogue + " cannot be read");
        }
        try {
            return ListOptions.parse(options, lists);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Set<Mirrored> reset(List<Mirrored> mirrored, boolean real) {
        if (!real && (sameAccount || !reset.isEmpty())) {
            throw wrong("--reset and --same-account need an account; the sandbox begins again at each start");
        }
        Set<Mirrored> lists = new LinkedHashSet<>();
        for (String name : reset) {
            Mirrored list = new Mirrored(name.strip());
            boolean deletedBills = list.equals(Mirrored.DELETED_BILLS) && mirrored.contains(Mirrored.BILLS);
            if (!deletedBills && !mirrored.contains(list)) {
                throw wrong("--reset: " + list.resource() + " is not one of --resources");
            }
            lists.add(list);
        }
        return lists;
    }

    private String delay() {
        if (delay == null) {
            return follow ? "60s" : "500";
        }
        try {
            if (TimeUtils.toMilliSeconds(delay) > 0) {
                return delay;
            }
        } catch (RuntimeException e) {
            // Reported below, like a time that is not above 0.
        }
        throw wrong("--delay must be a time such as 90s, 5m or 500, which is in milliseconds");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
