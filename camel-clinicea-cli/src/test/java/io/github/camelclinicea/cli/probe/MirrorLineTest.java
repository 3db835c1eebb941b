/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.cli.CliniceaCli;
import io.github.camelclinicea.cli.ShellWord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line that the probe prints, read by a shell, mirrors a server that responds in a way of its own. */
class MirrorLineTest {
    private static final int SERVERS = 3;

    @TempDir
    Path directory;

    private int lists;
    private int rows;
    private int logins;
    private int keys;

    @Test
    void given_servers_that_differ_when_the_printed_command_is_run_then_all_rows_are_in_its_database()
            throws Exception {
        for (long seed = 0; seed < SERVERS; seed++) {
            mirror(seed, usable(new ServerWay(seed)), ProbeTest.Credential.of(seed));
        }
        System.out.println("printed commands: " + SERVERS + " servers, " + lists + " lists, " + rows + " rows, "
                + logins + " with a staff login");
        assertThat(lists).isGreaterThan(SERVERS);
    }

    @Test
    void given_versions_that_take_a_login_or_the_key_when_the_printed_commands_are_run_then_all_rows_are_there()
            throws Exception {
        ServerWay way = usable(new ServerWay(0));
        way.accepted.replaceAll(
                (version, forms) -> version.equals("v1") ? EnumSet.of(KeyForm.TOKEN) : EnumSet.of(KeyForm.API));

        mirror(0, way, new ProbeTest.Credential(true, true));

        assertThat(logins).isPositive();
        assertThat(keys).isPositive();
    }

    @Test
    void given_values_with_marks_of_a_shell_when_quoted_then_the_shell_gives_them_as_they_were() throws Exception {
        List<String> values = List.of(
                "plain",
                "a b",
                "it's",
                "$HOME",
                "`id`",
                "a&b;c|d",
                "\"x\"",
                "back\\slash",
                "*",
                "~",
                "#",
                "(x)",
                "",
                "!");

        String line = String.join(" ", values.stream().map(ShellWord::of).toList());

        assertThat(words(line)).isEqualTo(values);
    }

    /** Returns a way without what no option makes the component read to its end. */
    private static ServerWay usable(ServerWay way) {
        way.lists.values().forEach(list -> list.behind = ServerWay.NoPage.STATUS_204);
        way.since.values().forEach(since -> {
            since.plainColons = true;
            since.nothing = false;
        });
        return way;
    }

    private void mirror(long seed, ServerWay way, ProbeTest.Credential credential) throws Exception {
        try (DifferentServer server = new DifferentServer(way)) {
            List<String> arguments = new ArrayList<>(credential.arguments());
            arguments.add("--base-url=" + server.baseUrl());
            ProbeRun run = ProbeRun.of(directory, arguments.toArray(String[]::new));
            List<String> commands = run.part("To mirror the account:");
            for (String command : commands) {
                Path file = directory.resolve("mirror-" + seed + "-" + commands.indexOf(command));
                run(server, run, command, file, credential);
            }
        }
    }

    private void run(DifferentServer server, ProbeRun run, String command, Path file, ProbeTest.Credential credential)
            throws Exception {
        List<String> words = new ArrayList<>(words(command));
        assertThat(words.subList(0, 4)).containsExactly("java", "-jar", "clinicea.jar", "mirror");
        List<String> arguments = new ArrayList<>(words.subList(3, words.size()));
        boolean login = arguments.remove("--username=NAME");
        logins += login ? 1 : 0;
        keys += login ? 0 : 1;
        arguments.replaceAll(argument -> argument.replace(
                "--catalogue=" + PrintedOptions.CATALOGUE_FILE,
                "--catalogue=" + directory.resolve(PrintedOptions.CATALOGUE_FILE)));
        if (credential.hasKey()) {
            arguments.add("--api-key=" + DifferentServer.KEY);
        }
        if (login) {
            arguments.add("--username=" + DifferentServer.USER);
            arguments.add("--password=" + DifferentServer.PASSWORD);
        }
        arguments.add("--file=" + file);
        arguments.add("--delay=20");
        StringWriter printed = new StringWriter();

        int exit = CliniceaCli.commandLine()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true))
                .execute(arguments.toArray(String[]::new));

        String about = command + "\n" + printed + "\n" + run.out();
        assertThat(exit).as(about).isZero();
        for (String resource : option(words, "--resources").split(",")) {
            Set<String> expected = server.list(resource).currentIds();
            assertThat(ids(file, resource).equals(expected))
                    .as(resource + " of " + about)
                    .isTrue();
            lists++;
            rows += expected.size();
        }
    }

    private static String option(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static Set<String> ids(Path file, String resource) throws Exception {
        String table = "mirror_" + resource.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        Set<String> ids = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM " + table)) {
            while (result.next()) {
                ids.add(result.getString(1));
            }
        }
        return ids;
    }

    /** Returns the words of a command line as a shell reads them. */
    private static List<String> words(String line) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line)
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return List.of(printed.substring(0, printed.length() - 1).split("\n", -1));
    }
}
