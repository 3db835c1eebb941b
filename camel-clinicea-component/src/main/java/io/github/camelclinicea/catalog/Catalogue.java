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
 * All resources that are known by name (docs/design/wire.md, section 5), and the help page's contract for those that
 * are not. Read from one data file, in which a resource says only where it differs from the help page. Immutable.
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
     * @return the catalogue that ships with the component
     * @throws IllegalStateException if the shipped file is wrong
     */
    public static Catalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /**
     * @param json a catalogue file, not null; not closed
     * @return the catalogue it holds
     * @throws IllegalArgumentException if a row is wrong; the message names the row and the field
     * @throws UncheckedIOException if it cannot be read or is no JSON
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

    /** @return the names of all resources, in the order of the file */
    public Set<String> names() {
        return resources.keySet();
    }

    /**
     * @param name a resource's name, not null
     * @return the resource, if the catalogue has it
     */
    public Optional<Resource> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    /**
     * A resource the catalogue lacks, by the help page's contract.
     *
     * @param name the name to go by
     * @param path its path on the server, from the root
     * @return the resource, all of it graded {@link Grade#HELP}
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
                overlay(changes, own);
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

    /** Lays a row over the default: objects field by field, everything else replaced whole. */
    private static void overlay(ObjectNode onto, ObjectNode row) {
        row.properties().forEach(field -> {
            JsonNode existing = onto.get(field.getKey());
            if (existing instanceof ObjectNode inner && field.getValue() instanceof ObjectNode outer) {
                overlay(inner, outer);
            } else {
                onto.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    /** Loaded on first use, once per class loader. */
    private static final class Shipped {
        private static final Catalogue CATALOGUE = load();

        private static Catalogue load() {
            try (InputStream file = Catalogue.class.getResourceAsStream("catalogue.json")) {
                if (file == null) {
                    throw new IllegalStateException("catalogue.json is missing beside " + Catalogue.class.getName());
                }
                return Catalogue.load(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
