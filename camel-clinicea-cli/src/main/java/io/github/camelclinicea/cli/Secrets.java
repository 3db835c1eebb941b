/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Knows the secrets of a command line and of the environment, to keep them out of a text.
 *
 * <p>Specified by {@code CliniceaCliTest}.
 */
final class Secrets {
    /** The options whose value is a secret, or may have one in it. */
    private static final Set<String> OPTIONS = Set.of("--api-key", "--password", "--jdbc-password", "--jdbc-url");

    private static final String VARIABLES = "CLINICEA_";

    private final List<String> values = new ArrayList<>();

    Secrets(ParseResult parsed, Map<String, String> environment) {
        for (ParseResult at = parsed; at != null; at = at.subcommand()) {
            for (OptionSpec option : at.matchedOptions()) {
                if (OPTIONS.contains(option.longestName())) {
                    values.addAll(option.originalStringValues());
                }
            }
            at.commandSpec().mixins().values().stream()
                    .map(CommandSpec::userObject)
                    .filter(EnteredSecrets.class::isInstance)
                    .forEach(options -> values.addAll(((EnteredSecrets) options).entered()));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                values.add(value);
            }
        });
        values.removeIf(String::isBlank);
        values.addAll(values.stream()
                .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
                .flatMap(encoded -> Stream.of(encoded, encoded.replace("+", "%20")))
                .toList());
        // The longest first, as one may be part of another.
        values.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** Returns the text with three asterisks in place of each secret, as it is or as a URL has it. */
    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, "***");
        }
        return hidden;
    }
}
