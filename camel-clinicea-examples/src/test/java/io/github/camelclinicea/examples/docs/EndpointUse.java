/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.examples.docs.language.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A {@code clinicea:} endpoint that stands in a page or a source.
 *
 * @param source the file
 * @param uri the endpoint, without what a variable adds
 * @param producer whether it is used as a producer
 */
record EndpointUse(String source, String uri, boolean producer) {
    /** Stands for the value of a variable. */
    private static final String VALUE = "1";

    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE_SPAN = Pattern.compile("`(clinicea:\\w+[^`]*)`");
    private static final Pattern TEXT_LINE = Pattern.compile("^(from|to)?\\s*(clinicea:\\S+)$", Pattern.MULTILINE);
    private static final Pattern XML = Pattern.compile("<(\\w+) uri=\"([^\"]*clinicea:[^\"]+)\"");
    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern JAVA = Pattern.compile("(from|to|toD)\\(\\s*((?:" + LITERAL
            + "|[\\w.()]+)(?:\\s*\\+\\s*(?:" + LITERAL + "|[\\w.]+(?:\\(\\w*\\))?))*)");
    private static final Pattern CONSTANT =
            Pattern.compile("String (\\w+)\\s*=\\s*(" + LITERAL + "(?:\\s*\\+\\s*(?:" + LITERAL + "|\\w+))*);");

    /** Returns the endpoints of a Markdown page: those of its fenced blocks and of its code spans. */
    static List<EndpointUse> inPage(String source, String page) {
        List<EndpointUse> uses = new ArrayList<>();
        Matcher fences = FENCE.matcher(page);
        while (fences.find()) {
            String text = fences.group(2);
            uses.addAll(
                    switch (fences.group(1)) {
                        case "java" -> inJava(source, text);
                        case "xml" -> inXml(source, text);
                        case "yaml" -> inYaml(source, text);
                        default -> inText(source, text);
                    });
        }
        for (MatchResult span :
                CODE_SPAN.matcher(FENCE.matcher(page).replaceAll("")).results().toList()) {
            String uri = span.group(1);
            uses.add(new EndpointUse(source, uri, uri.contains("operation=")));
        }
        return uses;
    }

    private static List<EndpointUse> inText(String source, String text) {
        return TEXT_LINE
                .matcher(text)
                .results()
                .map(line -> new EndpointUse(
                        source,
                        line.group(2),
                        "to".equals(line.group(1)) || line.group(2).contains("operation=")))
                .toList();
    }

    /** Returns the endpoints of an XML file. */
    static List<EndpointUse> inXml(String source, String text) {
        return XML.matcher(text)
                .results()
                .map(element -> new EndpointUse(
                        source,
                        endpoint(element.group(2).replace("&amp;", "&")),
                        !element.group(1).equals("from")))
                .toList();
    }

    /** Returns the endpoints of a YAML file, with the options that stand under {@code parameters}. */
    static List<EndpointUse> inYaml(String source, String text) {
        List<EndpointUse> uses = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            collect(source, "", document, uses);
        }
        return uses;
    }

    private static void collect(String source, String key, Object node, List<EndpointUse> uses) {
        if (node instanceof Map<?, ?> map) {
            Object parameters = map.get("parameters");
            if (map.get("uri") instanceof String uri) {
                add(source, key, uri, parameters instanceof Map<?, ?> options ? options : Map.of(), uses);
            }
            map.forEach((name, value) -> collect(source, String.valueOf(name), value, uses));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(source, key, item, uses));
        } else if (node instanceof String uri && (key.equals("to") || key.equals("from"))) {
            add(source, key, uri, Map.of(), uses);
        }
    }

    private static void add(String source, String key, String uri, Map<?, ?> options, List<EndpointUse> uses) {
        if (uri.contains("clinicea:")) {
            // An optional parameter of a Kamelet, {{?name}}, is left out unless it is set.
            String query = options.entrySet().stream()
                    .filter(option -> !String.valueOf(option.getValue()).startsWith("{{?"))
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining("&"));
            String all = query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + query;
            uses.add(new EndpointUse(source, endpoint(all), !key.equals("from")));
        }
    }

    /** Returns the endpoints of Java code, whose texts may be put together with {@code +}. */
    static List<EndpointUse> inJava(String source, String text) {
        Map<String, String> constants = CONSTANT.matcher(text)
                .results()
                .collect(Collectors.toMap(c -> c.group(1), c -> c.group(2), (first, second) -> first));
        List<EndpointUse> uses = new ArrayList<>();
        for (MatchResult step : JAVA.matcher(text).results().toList()) {
            String uri = joined(step.group(2), constants);
            if (uri.contains("clinicea:")) {
                uses.add(new EndpointUse(source, endpoint(uri), !step.group(1).equals("from")));
            }
        }
        return uses;
    }

    /** A variable is a value; where a whole option would stand, it is left out. */
    private static String joined(String expression, Map<String, String> constants) {
        StringBuilder joined = new StringBuilder();
        Matcher parts = Pattern.compile(LITERAL + "|[\\w.]+(?:\\(\\w*\\))?").matcher(expression);
        while (parts.find()) {
            String part = parts.group();
            if (part.startsWith("\"")) {
                joined.append(part, 1, part.length() - 1);
            } else if (constants.containsKey(part)) {
                joined.append(joined(constants.get(part), constants));
            } else if (joined.toString().matches(".*[=:]")) {
                joined.append(VALUE);
            }
        }
        return joined.toString().replaceAll("[?&]$", "").replace("?&", "?").replace("&&", "&");
    }

    /** Takes off what stands around the endpoint, such as {@code master:name:}. */
    private static String endpoint(String uri) {
        return uri.substring(uri.indexOf("clinicea:"));
    }

    /** Returns the endpoints of all pages and of all sources of the given folders. */
    static List<EndpointUse> all(Path root, List<Path> folders) throws IOException {
        List<EndpointUse> uses = new ArrayList<>();
        for (Path page : Markdown.pages(root)) {
            uses.addAll(inPage(root.relativize(page).toString(), Files.readString(page)));
        }
        for (Path folder : folders) {
            try (var files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String source = root.relativize(file).toString();
                    if (source.endsWith(".java")) {
                        uses.addAll(inJava(source, Files.readString(file)));
                    } else if (source.endsWith(".xml") && !source.endsWith("pom.xml")) {
                        uses.addAll(inXml(source, Files.readString(file)));
                    } else if (source.endsWith(".yaml")) {
                        uses.addAll(inYaml(source, Files.readString(file)));
                    }
                }
            }
        }
        return uses;
    }
}
