/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Reads the version that the build has written.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        }
        return new String[] {"clinicea " + properties.getProperty("version")};
    }
}
