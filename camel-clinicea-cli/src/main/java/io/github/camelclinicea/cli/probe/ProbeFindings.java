/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a run of the probe found out.
 *
 * <p>Specified by {@code ProbeTest} and {@code PrintedOptionsTest}.
 *
 * @param settings what was probed
 * @param wire the requests and the headers of their responses
 * @param keys the forms of the credential
 * @param login the staff login
 * @param lists the lists in the order of the catalogue
 */
record ProbeFindings(ProbeSettings settings, Wire wire, KeyForms keys, LoginQuestions login, List<ListFindings> lists) {

    /** Returns the address of the server. */
    String server() {
        return settings.baseUrl().toString();
    }

    /** Returns the options that send the credential to a version of the API. */
    Map<String, String> credential(String version) {
        return CredentialOptions.of(
                keys,
                version,
                !login.withoutKey().equals("accepted") && login.withKey().equals("accepted"));
    }

    /** Returns the families of the lists, each once. */
    Set<SinceFamily> families() {
        Set<SinceFamily> families = new LinkedHashSet<>();
        lists.forEach(list -> families.add(list.family()));
        return families;
    }

    /** Returns whether some list responded. */
    boolean reached() {
        return lists.stream().anyMatch(ListFindings::responded);
    }
}
