/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Reads the API key from a file each time, such as a secret that Kubernetes mounts and renews. */
public class KeyFile implements Supplier<String> {
    private final Path file;

    public KeyFile(Path file) {
        this.file = file;
    }

    @Override
    public String get() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
