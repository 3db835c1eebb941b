/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Holds the files of the project that a page shows. A block of code is a file if its path begins the paragraph in front
 * of it.
 */
final class PageProject {
    private static final Pattern FILE = Pattern.compile(
            "^`([\\w./-]+[.]\\w+)`[^\\n]*(?:\\n[^\\n]+)?:\\n\\n```\\w+\\n(.*?)^```",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final String RESOURCES = "src/main/resources";
    private static final String SOURCES = "src/main/java";

    private final Map<String, String> files = new LinkedHashMap<>();

    private PageProject() {}

    /** Reads the files of a page. */
    static PageProject of(Path page) throws IOException {
        PageProject project = new PageProject();
        Matcher blocks = FILE.matcher(Files.readString(page));
        while (blocks.find()) {
            assertThat(project.files.put(blocks.group(1), blocks.group(2)))
                    .as(blocks.group(1))
                    .isNull();
        }
        return project;
    }

    /** Returns the text of a file. */
    String file(String path) {
        assertThat(files).containsKey(path);
        return files.get(path);
    }

    /** Returns whether a block of code is one of the files. */
    boolean contains(String text) {
        return files.containsValue(text);
    }

    /** Takes a file out. */
    PageProject without(String path) {
        file(path);
        files.remove(path);
        return this;
    }

    /** Replaces a text of a file, which must have it. */
    PageProject with(String path, String text, String replacement) {
        assertThat(file(path)).contains(text);
        files.put(path, file(path).replace(text, replacement));
        return this;
    }

    /** Replaces a file. */
    PageProject with(String path, String text) {
        file(path);
        files.put(path, text);
        return this;
    }

    /** Adds a file, which the project does not have. */
    PageProject add(String path, String text) {
        assertThat(files.put(path, text)).as(path).isNull();
        return this;
    }

    /** Returns the properties of a text. */
    static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    /**
     * Writes the files into a folder and compiles them.
     *
     * @return a loader of the project's classes and resources
     */
    URLClassLoader build(Path folder) throws IOException {
        List<String> compile = new ArrayList<>();
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        Path resources = Files.createDirectories(folder.resolve(RESOURCES));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().startsWith(SOURCES)) {
                compile.add(path.toString());
            }
        }
        if (!compile.isEmpty()) {
            compile.addAll(0, List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes + ""));
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compile.toArray(String[]::new)))
                    .as("javac")
                    .isZero();
        }
        assertThat(resources.toString()).doesNotContain(File.pathSeparator);
        return new URLClassLoader(
                new URL[] {resources.toUri().toURL(), classes.toUri().toURL()},
                Thread.currentThread().getContextClassLoader());
    }
}
