/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request for one page of a list.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param path the path of the list
 * @param query the query parameters without the credential
 * @param encodedColons whether colons are sent as {@code %3A}
 */
record ListQuery(String path, List<Parameter> query, boolean encodedColons) {
    private static final Pattern VERSION = Pattern.compile("/api/(v\\d+)/.*");

    /**
     * Returns the request for a page.
     *
     * @param list the names of the query parameters
     * @param rows the size of the page to ask; null for the catalogue's
     */
    static ListQuery page(String path, ChangeList list, SinceChoice choice, Instant since, int number, Integer rows) {
        List<Parameter> query = new ArrayList<>(choice.query(since));
        query.add(new Parameter(list.page().name(), Integer.toString(number)));
        if (list.pageSize().name() != null) {
            query.add(new Parameter(
                    list.pageSize().name(),
                    Integer.toString(rows == null ? list.pageSize().rows() : rows)));
        }
        return new ListQuery(path, query, choice.encodedColons());
    }

    /** Returns the version of the API that the path names, like {@code v1}. */
    String version() {
        return version(path);
    }

    static String version(String path) {
        Matcher matcher = VERSION.matcher(path);
        return matcher.matches() ? matcher.group(1) : "no version";
    }

    /**
     * Returns the path and the query as they are sent.
     *
     * @param credential the query parameters that carry the credential
     */
    String target(List<Parameter> credential) {
        String encoded = Encoding.query(query);
        String shown = encodedColons ? encoded.replace(":", "%3A") : encoded;
        String secret = Encoding.query(credential);
        return path + shown + (shown.isEmpty() || secret.isEmpty() ? secret : "&" + secret.substring(1));
    }
}
