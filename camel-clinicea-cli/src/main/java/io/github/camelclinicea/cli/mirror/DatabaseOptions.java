/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import java.nio.file.Path;
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
final class DatabaseOptions {
    /** The environment variable with the password of {@code --jdbc-user}. */
    static final String PASSWORD_VARIABLE = "CLINICEA_JDBC_PASSWORD";

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
            description = "The password of --jdbc-user. Better set the variable " + PASSWORD_VARIABLE + ".")
    private String password;

    /**
     * Returns the database.
     *
     * @throws ParameterException if an option is wrong; the message names it, without its value
     */
    DatabaseAddress address() {
        return address(System.getenv());
    }

    DatabaseAddress address(Map<String, String> environment) {
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
        String secret = password != null ? password : environment.get(PASSWORD_VARIABLE);
        return new DatabaseAddress(url, user, secret);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
