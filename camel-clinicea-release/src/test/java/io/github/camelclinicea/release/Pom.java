/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.release;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads a POM as it stands in its file, without the parents that Maven would add. */
final class Pom {
    private final Element project;

    private Pom(Element project) {
        this.project = project;
    }

    static Pom of(Path file) throws Exception {
        return new Pom(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement());
    }

    /** Returns the text at a path of elements, such as {@code scm/url}; empty if there is none. */
    Optional<String> text(String path) {
        return all(path).stream().findFirst().map(Element::getTextContent).map(String::strip);
    }

    /** Returns the elements at a path. */
    List<Element> all(String path) {
        return all(project, path);
    }

    static List<Element> all(Element from, String path) {
        List<Element> found = List.of(from);
        for (String name : path.split("/")) {
            List<Element> inner = new ArrayList<>();
            for (Element element : found) {
                for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                    if (child instanceof Element match && match.getTagName().equals(name)) {
                        inner.add(match);
                    }
                }
            }
            found = inner;
        }
        return found;
    }

    /** Returns the dependencies at a path as {@code artifact:version:scope}; a version or scope may be empty. */
    List<String> dependencies(String path) {
        return all(path).stream()
                .map(dependency -> String.join(
                        ":", only(dependency, "artifactId"), only(dependency, "version"), only(dependency, "scope")))
                .toList();
    }

    private static String only(Element element, String name) {
        return all(element, name).stream()
                .findFirst()
                .map(Element::getTextContent)
                .orElse("");
    }
}
