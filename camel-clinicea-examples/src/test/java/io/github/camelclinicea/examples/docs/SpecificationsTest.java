/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that a reader finds the tests of each class. A class has a test of its name, or its Javadoc says
 * {@code Specified by} and names tests that exist. Types without code of their own need neither.
 */
class SpecificationsTest {
    private static final Path ROOT = Path.of("..");

    /** The folders whose classes are checked. */
    private static final List<String> SOURCES = List.of(
            "camel-clinicea-component/src/main/java",
            "camel-clinicea-sandbox/src/main/java",
            "camel-clinicea-cli/src/main/java");

    private static final Pattern TEST_NAME = Pattern.compile("(\\w+(?:Test|IT))\\.java");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern SPECIFIED = Pattern.compile("<p>Specified by (.*?)\\.(?=\\s|$)");
    private static final Pattern CODE = Pattern.compile("\\{@code (\\w+)}");
    private static final Pattern TYPE = Pattern.compile(
            "^(?:[a-z]+(?:-[a-z]+)? )*?(class|record|enum|interface|@interface) \\w+", Pattern.MULTILINE);
    private static final Pattern METHOD = Pattern.compile(
            "^ +((?:(?:public|protected|private|static|final|synchronized|abstract|default) )*)(?:<[^>\n]+> )?"
                    + "(?!(?:return|throw|new|else|yield|case|assert|public|protected|private) )"
                    + "[\\w.]+(?:<[^(\n]*>)?(?:\\[])* \\w+\\(",
            Pattern.MULTILINE);

    @Test
    void given_each_class_when_its_tests_are_looked_for_then_they_exist() throws IOException {
        Set<String> tests = tests();
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String folder : SOURCES) {
            for (Path file : javaFiles(ROOT.resolve(folder))) {
                String name = file.getFileName().toString().replace(".java", "");
                String source = Files.readString(file);
                if (!hasCode(source)) {
                    continue;
                }
                checked++;
                List<String> named = specifiedBy(source);
                if (named.isEmpty() && !tests.contains(name + "Test") && !tests.contains(name + "IT")) {
                    wrong.add(file + ": no test of its name, and no 'Specified by' in its Javadoc");
                }
                named.stream()
                        .filter(test -> !tests.contains(test))
                        .forEach(test -> wrong.add(file + ": there is no test " + test));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(30);
    }

    @Test
    void given_types_with_and_without_code_when_looked_at_then_only_those_with_code_are_checked() {
        assertThat(hasCode("package a;")).isFalse();
        assertThat(hasCode("public @interface A {\n    int value();\n}")).isFalse();
        assertThat(hasCode("interface A {\n    int a();\n}")).isFalse();
        assertThat(hasCode("interface A {\n    default int a() {\n        return 1;\n    }\n}"))
                .isTrue();
        assertThat(hasCode("enum A {\n    B(1);\n\n    A(int b) {}\n}")).isFalse();
        assertThat(hasCode("enum A {\n    B;\n\n    abstract int a();\n}")).isTrue();
        assertThat(hasCode("record A(int b) {\n    A {\n        check(b);\n    }\n}"))
                .isFalse();
        assertThat(hasCode("record A(int b) {\n    List<int[]> b() {\n        return c;\n    }\n}"))
                .isTrue();
        assertThat(hasCode("final class A {\n    static final int B = 1;\n\n    private A() {}\n}"))
                .isFalse();
        assertThat(hasCode("final class A {\n    A(int b) {\n        this.b = b;\n    }\n}"))
                .isTrue();
        assertThat(hasCode("class A extends B {}")).isTrue();
    }

    @Test
    void given_the_javadoc_of_a_class_when_read_then_all_its_tests_are_found() {
        assertThat(specifiedBy(
                        "/**\n * <p>Specified by {@code BTest},\n * {@code C} and {@code DIT}.\n */\nclass A {}"))
                .containsExactly("BTest", "C", "DIT");
        assertThat(specifiedBy("/** A. */\nclass A {\n    /** <p>Specified by {@code BTest}. */\n    int b;\n}"))
                .isEmpty();
    }

    /** Returns whether a source declares a type that has more than constants, components and abstract methods. */
    private static boolean hasCode(String source) {
        String code = COMMENT.matcher(source).replaceAll("");
        Matcher type = TYPE.matcher(code);
        if (!type.find() || type.group(1).equals("@interface")) {
            return false;
        }
        boolean isInterface = type.group(1).equals("interface");
        boolean hasMethod = METHOD.matcher(code)
                .results()
                .anyMatch(method -> !isInterface || method.group(1).matches(".*(?:default|static|private).*"));
        return hasMethod || type.group(1).equals("class") && !hasConstantsOnly(code);
    }

    /** Returns whether a class without methods has only constants: it has no subclass and no instance. */
    private static boolean hasConstantsOnly(String code) {
        return code.contains("final class ")
                && Pattern.compile("private \\w+\\(\\) \\{").matcher(code).find();
    }

    /** Returns the tests that the Javadoc of a source's type names. */
    private static List<String> specifiedBy(String source) {
        Matcher type = TYPE.matcher(source);
        String before = type.find() ? source.substring(0, type.start()) : "";
        String javadoc = JAVADOC.matcher(before)
                .results()
                .map(comment -> comment.group().replaceAll("\\R\\s*\\*/? ?", " "))
                .collect(Collectors.joining());
        return SPECIFIED
                .matcher(javadoc)
                .results()
                .flatMap(specified -> CODE.matcher(specified.group(1)).results())
                .map(test -> test.group(1))
                .toList();
    }

    /** Returns the names of the test classes of all modules. */
    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> files = new ArrayList<>();
            for (Path folder : folders) {
                files.addAll(javaFiles(folder));
            }
            return files.stream()
                    .map(file -> TEST_NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
