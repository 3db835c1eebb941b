/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

/**
 * Describes a query parameter for the checkpoint.
 *
 * <p>Specified by {@code CatalogueTest}.
 *
 * @param name the parameter's name on the wire. Its case counts: {@code lastSyncDate} and {@code lastsyncdate} both
 *     exist
 * @param format the format of the moment
 */
public record SinceParameter(String name, TimestampFormat format) {
    /**
     * Checks the row.
     *
     * @param name the component of that name
     * @param format the component of that name
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    public SinceParameter {
        Require.text(name, "since.name");
        Require.present(format, "since.format");
    }
}
