/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.EnteredSecrets;
import io.github.camelclinicea.cli.SecretPrompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that name the database of a mirror.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class DatabaseOptions implements EnteredSecrets {
    /** The environment variable with the password of {@code --jdbc-user}. */
    static final String PASSWORD_VARIABLE = "CLINICEA_JDBC_PASSWORD";

    /** Stands for an option without a value. No user enters it. */
    private static final String TO_BE_ENTERED = "\0";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "clinicea-mirror",
            description = "The H2 file to mirror into, without its ending .mv.db, unless --jdbc-url is given."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path file;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description = "The database to mirror into: jdbc:postgresql://HOST/DATABASE or jdbc:h2:FILE.")
    private String url;

    @Option(names = "--jdbc-user", paramLabel = "NAME", description = "The user of --jdbc-url.")
    private String user;

    @Option(
            names = "--jdbc-password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = TO_BE_ENTERED,
            description = "The password of --jdbc-user. Better set the variable " + PASSWORD_VARIABLE
                    + ", or give the option without a value and enter the password when asked.")
    private String password;

    private final Map<String, String> environment;
    private final SecretPrompt prompt;
    private final List<String> entered = new ArrayList<>();

    /** Creates the options with the environment and the terminal of this process. */
    DatabaseOptions() {
        this(System.getenv(), SecretPrompt.ofTerminal());
    }

    DatabaseOptions(Map<String, String> environment, SecretPrompt prompt) {
        this.environment = environment;
        this.prompt = prompt;
    }

    /**
     * Returns the database.
     *
     * @throws ParameterException if an option is wrong; the message names it, without its value
     */
    DatabaseAddress address() {
        if (url == null) {
            if (user != null || password != null) {
                throw wrong("--jdbc-user and --jdbc-password need --jdbc-url=URL");
            }
            String name = file.toString().replaceFirst("\\.mv\\.db$", "");
            if (name.isBlank() || name.contains(";")) {
                throw wrong("--file must be the name of a file, without a semicolon");
            }
            return DatabaseAddress.ofFile(Path.of(name));
        }
        if (DatabaseAddress.KINDS.stream().noneMatch(url::startsWith)) {
            throw wrong("--jdbc-url must begin with " + String.join(" or ", DatabaseAddress.KINDS));
        }
        return new DatabaseAddress(url, user, secret());
    }

    private String secret() {
        if (password == null) {
            return environment.get(PASSWORD_VARIABLE);
        }
        if (!password.equals(TO_BE_ENTERED)) {
            return password;
        }
        String secret = prompt.ask("Password of the database: ");
        if (secret == null) {
            throw wrong("Missing password of --jdbc-user: set the variable " + PASSWORD_VARIABLE
                    + ", or give --jdbc-password=PASSWORD, or run in a terminal to be asked for it");
        }
        entered.add(secret);
        return secret;
    }

    @Override
    public List<String> entered() {
        return List.copyOf(entered);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
