/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name an account, for all commands that use one: {@code @Mixin ApiKeyOptions account}. */
public final class ApiKeyOptions implements EnteredSecrets {
    /** The environment variable with the key. Other users of the machine do not see it, unlike a command line. */
    public static final String API_KEY_VARIABLE = "CLINICEA_API_KEY";

    /** The environment variable with the password of {@code --username}. */
    public static final String PASSWORD_VARIABLE = "CLINICEA_PASSWORD";

    /** The server unless another one is given. */
    public static final String CLINICEA = "https://api.clinicea.com";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--base-url", paramLabel = "URL", description = "The server; " + CLINICEA + " unless given.")
    private String baseUrl;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The organisation's API key. Other users of the machine may see a command line, so better"
                    + " set the variable " + API_KEY_VARIABLE + ", or enter the key when asked.")
    private String apiKey;

    @Option(
            names = "--username",
            paramLabel = "NAME",
            description = "The member of staff to log in as, if the account asks for it.")
    private String username;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "The password of --username. Better set the variable " + PASSWORD_VARIABLE
                    + ", or enter it when asked.")
    private String password;

    private final Map<String, String> environment;
    private final SecretPrompt prompt;
    private final List<String> entered = new ArrayList<>();

    /** Creates the options with the environment and the terminal of this process. */
    public ApiKeyOptions() {
        this(System.getenv(), SecretPrompt.ofTerminal());
    }

    ApiKeyOptions(Map<String, String> environment, SecretPrompt prompt) {
        this.environment = environment;
        this.prompt = prompt;
    }

    /** Returns whether any option of an account is given. */
    public boolean given() {
        return baseUrl != null || apiKey != null || username != null || password != null;
    }

    /**
     * Returns the account. Asks for what is missing if there is a terminal.
     *
     * @throws ParameterException if something is missing or wrong; the message names the option
     */
    public Account account() {
        String key = firstOf(apiKey, environment.get(API_KEY_VARIABLE));
        if (key == null && username == null) {
            key = ask("API key: ");
        }
        if (key == null && username == null) {
            throw wrong("Missing API key: set the variable " + API_KEY_VARIABLE
                    + ", or give --api-key=KEY, or run in a terminal to be asked for it");
        }
        return new Account(server(), key, username, passwordOf(username));
    }

    private String passwordOf(String user) {
        if (user == null) {
            if (password != null) {
                throw wrong("--password needs --username=NAME");
            }
            return null;
        }
        String secret = firstOf(password, environment.get(PASSWORD_VARIABLE));
        if (secret == null) {
            secret = ask("Password of " + user + ": ");
        }
        if (secret == null) {
            throw wrong("Missing password of --username: set the variable " + PASSWORD_VARIABLE
                    + ", or give --password=PASSWORD, or run in a terminal to be asked for it");
        }
        return secret;
    }

    private String ask(String question) {
        String answer = prompt.ask(question);
        if (answer != null) {
            entered.add(answer);
        }
        return answer;
    }

    @Override
    public List<String> entered() {
        return List.copyOf(entered);
    }

    private String server() {
        String url = baseUrl == null ? CLINICEA : baseUrl.strip();
        if (!url.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw wrong("--base-url must be an address such as " + CLINICEA + ", without a user or a query");
        }
        return url;
    }

    private static String firstOf(String option, String variable) {
        if (option != null && !option.isBlank()) {
            return option;
        }
        return variable == null || variable.isBlank() ? null : variable;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
