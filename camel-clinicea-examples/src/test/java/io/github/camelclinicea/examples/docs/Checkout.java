/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the text files of a checkout, except what a build or a tool puts there. */
final class Checkout {
    private static final Set<String> NOT_COMMITTED = Set.of(".git", "target", "node_modules", ".idea", ".vscode");

    private Checkout() {}

    /**
     * Returns the content of each text file by its path, with slashes.
     *
     * @param root the folder of the checkout
     */
    static Map<String, String> texts(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = !folder.equals(root)
                        && NOT_COMMITTED.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String text = attributes.isRegularFile() ? text(file) : null;
                if (text != null) {
                    texts.put(root.relativize(file).toString().replace('\\', '/'), text);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return texts;
    }

    /** Returns the content; null if it is no text. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
