/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists all resources that are known by name (docs/design/wire.md, section 5). For any other resource it has the help
 * page's conventions. It is read from one file, in which a resource has only what differs from the help page.
 * Immutable.
 */
public final class Catalogue {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode help;
    private final Map<String, Resource> resources;

    private Catalogue(ObjectNode help, Map<String, Resource> resources) {
        this.help = help;
        this.resources = Collections.unmodifiableMap(resources);
    }

    /**
     * Returns the catalogue of the component. It is loaded once per class loader.
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
            JsonNode root = MAPPER.readTree(json);
            if (!(root.path("help") instanceof ObjectNode help)
                    || !help.path("changes").isObject()
                    || !(root.path("resources") instanceof ArrayNode rows)) {
                throw new IllegalArgumentException(
                        "a catalogue has an object 'help' with an object 'changes', and an array 'resources'");
            }
            Map<String, Resource> resources = new LinkedHashMap<>();
            for (JsonNode row : rows) {
                if (!(row instanceof ObjectNode object)) {
                    throw new IllegalArgumentException("catalogue row " + row + " is not an object");
                }
                Resource resource = resource(object, help);
                if (resources.put(resource.name(), resource) != null) {
                    throw new IllegalArgumentException("the catalogue names " + resource.name() + " twice");
                }
            }
            return new Catalogue(help, resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of all resources, in the order of the file. */
    public Set<String> names() {
        return resources.keySet();
    }

    /**
     * Returns a resource; empty if the catalogue does not have it.
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
     * @return the resource, with the grade {@link Grade#HELP}
     * @throws IllegalArgumentException if the path does not start with {@code /}
     */
    public Resource byHelp(String name, String path) {
        ObjectNode row = MAPPER.createObjectNode().put("name", name).put("path", path);
        row.putObject("changes");
        return resource(row, help);
    }

    private static Resource resource(ObjectNode row, ObjectNode help) {
        String name = row.path("name").asText("(without a name)");
        try {
            ObjectNode whole = row.deepCopy();
            if (row.has("changes")) {
                if (!(row.get("changes") instanceof ObjectNode own)) {
                    throw new IllegalArgumentException("changes is not an object");
                }
                ObjectNode changes = ((ObjectNode) help.get("changes")).deepCopy();
                changes.put("path", row.path("path").asText());
                merge(changes, own);
                whole.set("changes", changes);
            }
            if (row.has("operations") && !row.get("operations").isArray()) {
                throw new IllegalArgumentException("operations is not an array");
            }
            ArrayNode operations = whole.withArray("operations");
            Set<String> taken = new HashSet<>();
            operations.forEach(operation -> {
                taken.add(operation.path("name").asText());
                taken.add(operation.path("verb").asText());
            });
            for (JsonNode convention : help.withArray("operations")) {
                if (!taken.contains(convention.path("name").asText())) {
                    operations.add(convention.deepCopy());
                }
            }
            return MAPPER.treeToValue(whole, Resource.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            throw new IllegalArgumentException("catalogue row " + name + ": " + cause.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("catalogue row " + name + ": " + e.getMessage(), e);
        }
    }

    /** Applies a row to the default: objects are merged field by field, and other values are replaced. */
    private static void merge(ObjectNode target, ObjectNode row) {
        row.properties().forEach(field -> {
            JsonNode existing = target.get(field.getKey());
            if (existing instanceof ObjectNode old && field.getValue() instanceof ObjectNode own) {
                merge(old, own);
            } else {
                target.set(field.getKey(), field.getValue().deepCopy());
            }
        });
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
