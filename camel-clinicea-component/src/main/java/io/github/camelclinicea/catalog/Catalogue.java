/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lists all resources that are known by name (docs/design/wire.md, section 5). For any other resource it has the help
 * page's conventions. It is read from one file, in which a resource has only what differs from the help page. A file of
 * a user may correct it. Immutable.
 */
public final class Catalogue {
    private final ObjectNode help;
    private final Map<String, ObjectNode> rows;
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    /** @param rows the complete rows by name, which do not change any more */
    private Catalogue(ObjectNode help, Map<String, ObjectNode> rows) {
        this.help = help;
        this.rows = rows;
        rows.forEach((name, row) -> resources.put(name, ofRow(name, () -> CatalogueRows.resource(row))));
    }

    /**
     * {@return the catalogue of the component} It is loaded once per class loader.
     *
     * @throws IllegalStateException if its file is missing
     */
    public static Catalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /**
     * Reads a catalogue.
     *
     * @param json the text of a catalogue file, not null; it is not closed
     * @return the catalogue
     * @throws IllegalArgumentException if a row is wrong; the message names the row and the field
     * @throws UncheckedIOException if the text cannot be read or is not JSON
     */
    public static Catalogue load(InputStream json) {
        try {
            JsonNode root = CatalogueRows.MAPPER.readTree(json);
            if (!(root.path("help") instanceof ObjectNode help)
                    || !help.path("changes").isObject()
                    || !(root.path("resources") instanceof ArrayNode rows)) {
                throw new IllegalArgumentException(
                        "a catalogue has an object 'help' with an object 'changes', and an array 'resources'");
            }
            Map<String, ObjectNode> complete = new LinkedHashMap<>();
            for (JsonNode row : rows) {
                if (!(row instanceof ObjectNode object)) {
                    throw new IllegalArgumentException("catalogue row " + row + " is not an object");
                }
                String name = row.path("name").asText("(without a name)");
                if (complete.put(name, ofRow(name, () -> CatalogueRows.complete(object, help))) != null) {
                    throw new IllegalArgumentException("the catalogue names " + name + " twice");
                }
            }
            return new Catalogue(help, complete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns this catalogue with the corrections of a user's file. The file has an array {@code resources}, whose rows
     * have the form of those of a catalogue. A row may correct one part of a resource, which keeps the rest, or add a
     * resource. The parts that the file states have the grade {@link Grade#OWN}.
     *
     * @param json the text of the file, not null; it is not closed
     * @return a new catalogue; this one does not change
     * @throws IllegalArgumentException if a row is wrong; the message says in which line and column, and why
     * @throws UncheckedIOException if the text cannot be read or is not JSON
     */
    public Catalogue correctedBy(InputStream json) {
        try {
            return new Catalogue(help, new CatalogueCorrections(LocatedJson.read(json), help).appliedTo(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the names of all resources, in the order of the file} */
    public Set<String> names() {
        return Collections.unmodifiableSet(resources.keySet());
    }

    /**
     * {@return a resource; empty if the catalogue does not have it}
     *
     * @param name the name of the resource, not null
     */
    public Optional<Resource> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    /**
     * Returns a resource that the catalogue does not have, by the help page's conventions.
     *
     * @param name the name of the resource
     * @param path its path on the server, from the root
     * @return the resource, with the grade {@link Grade#HELP}, except that the path is the caller's own
     * @throws IllegalArgumentException if the path does not start with {@code /}
     */
    public Resource byHelp(String name, String path) {
        ObjectNode row =
                CatalogueRows.MAPPER.createObjectNode().put("name", name).put("path", path);
        row.putObject("changes").putObject("grades").put(Part.PATH.key(), Grade.OWN.name());
        return ofRow(name, () -> CatalogueRows.resource(CatalogueRows.complete(row, help)));
    }

    /** Adds the name of the row to the message of a failure. */
    private static <T> T ofRow(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("catalogue row " + name + ": " + e.getMessage(), e);
        }
    }

    /** Holds the catalogue of the component, which is loaded on first use. */
    private static final class Shipped {
        private static final Catalogue CATALOGUE = load();

        private static Catalogue load() {
            try (InputStream file = Catalogue.class.getResourceAsStream("catalogue.json")) {
                if (file == null) {
                    throw new IllegalStateException(
                            "catalogue.json is missing in the package of " + Catalogue.class.getName());
                }
                return Catalogue.load(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
