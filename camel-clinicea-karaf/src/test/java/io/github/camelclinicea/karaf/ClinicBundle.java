/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.karaf;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import io.github.camelclinicea.karaf.clinic.ClinicActivator;
import java.io.File;
import java.nio.file.Path;

/** Packs the routes as a bundle, as maven-bundle-plugin does. */
final class ClinicBundle {
    static final String NAME = "clinic-routes";

    private ClinicBundle() {}

    /** Writes a version of the bundle. */
    static void write(Path file, String version) throws Exception {
        Path classes = Path.of(ClinicActivator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Builder bundle = new Builder()) {
            bundle.setClasspath(new File[] {classes.toFile()});
            bundle.setProperty("Bundle-SymbolicName", NAME);
            bundle.setProperty("Bundle-Version", version);
            bundle.setProperty("Bundle-Activator", ClinicActivator.class.getName());
            bundle.setProperty("Private-Package", ClinicActivator.class.getPackageName());
            bundle.setProperty("Import-Package", "org.apache.camel.*;version=\"[4.14,5)\",*");
            try (Jar jar = bundle.build()) {
                jar.write(file.toFile());
            }
        }
    }
}
