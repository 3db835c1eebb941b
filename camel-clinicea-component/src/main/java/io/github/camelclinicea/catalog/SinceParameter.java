/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * A query parameter that carries the sync timestamp.
 *
 * @param name the parameter's name on the wire, case included ({@code lastSyncDate} and {@code lastsyncdate} both exist)
 * @param format how the moment is spelled
 */
public record SinceParameter(String name, TimestampFormat format) {
    public SinceParameter {
        Require.text(name, "since.name");
        Require.present(format, "since.format");
    }
}
