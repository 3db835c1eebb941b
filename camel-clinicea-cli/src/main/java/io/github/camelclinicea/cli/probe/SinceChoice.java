/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.client.http.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A way to send the moment since which changes are asked.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param parameters the query parameters, each with its format
 * @param encodedColons whether colons are sent as {@code %3A}
 */
record SinceChoice(List<SinceParameter> parameters, boolean encodedColons) {

    /** Returns one parameter alone, with plain colons. */
    static SinceChoice alone(String name, SinceFormat format) {
        return new SinceChoice(List.of(new SinceParameter(name, format.format())), false);
    }

    SinceChoice withEncodedColons() {
        return new SinceChoice(parameters, true);
    }

    List<Parameter> query(Instant since) {
        return parameters.stream()
                .map(parameter ->
                        new Parameter(parameter.name(), parameter.format().format(since)))
                .toList();
    }

    /** Returns the names of the parameters. */
    String words() {
        return parameters.stream().map(SinceParameter::name).collect(Collectors.joining(" and "));
    }
}
