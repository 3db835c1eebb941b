/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts about the credential.
 *
 * <p>Specified by {@code ProbeTest} and {@code LoginQuestionsTest}.
 */
final class KeyFacts {
    private static final String ACCEPTED = "accepted";
    private static final String LOOK_UP_VERSION = "v2";

    private KeyFacts() {}

    static List<Fact> of(ProbeFindings findings) {
        List<Fact> facts = new ArrayList<>();
        for (String version : versions(findings)) {
            Map<String, String> options = findings.credential(version);
            for (KeyForm form : KeyForm.values()) {
                if (findings.keys().available().contains(form)) {
                    facts.add(form(findings.keys(), version, form).withOption(option(options, form)));
                }
            }
        }
        if (findings.settings().hasLogin()) {
            if (findings.settings().apiKey() != null) {
                facts.add(Fact.of(
                        "staff login",
                        "with the organisation's key",
                        ACCEPTED,
                        findings.login().withKey()));
            }
            facts.add(Fact.of(
                    "staff login",
                    "without the organisation's key",
                    "unknown",
                    findings.login().withoutKey()));
        }
        return facts;
    }

    private static Set<String> versions(ProbeFindings findings) {
        Set<String> versions = new LinkedHashSet<>();
        findings.lists().forEach(list -> versions.add(list.version()));
        if (findings.lists().size() > 1) {
            versions.add(LOOK_UP_VERSION);
        }
        return versions;
    }

    private static Fact form(KeyForms keys, String version, KeyForm form) {
        String seen = keys.verdict(version, form).map(KeyForms.Verdict::words).orElse(Fact.NOT_ASKED);
        return Fact.of("API " + version, form.words(), expected(version, form), seen);
    }

    /** Returns what docs/design/wire.md, section 1, says. */
    private static String expected(String version, KeyForm form) {
        return switch (form) {
            case API, TOKEN -> ACCEPTED;
            case API_KEY, QUERY -> version.equals("v3") ? ACCEPTED : "unknown";
        };
    }

    private static String option(Map<String, String> options, KeyForm form) {
        return switch (form) {
            case API -> "api".equals(options.get("apiKeyHeader")) ? "apiKeyHeader=api" : "";
            case API_KEY -> KeyForm.PARAMETER.equals(options.get("apiKeyHeader")) ? "apiKeyHeader=api_key" : "";
            case QUERY -> options.containsKey("apiKeyParameter") ? "apiKeyParameter=api_key" : "";
            case TOKEN -> options.containsKey("username") ? "username, password" : "";
        };
    }
}
