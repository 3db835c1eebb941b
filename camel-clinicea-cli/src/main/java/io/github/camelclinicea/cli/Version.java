/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Reads the version that the build has written.
 *
 * <p>Specified by {@code CommandLineIT}.
 */
public final class Version implements IVersionProvider {
    /** Returns the name and the version of the command. */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "clinicea " + properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
