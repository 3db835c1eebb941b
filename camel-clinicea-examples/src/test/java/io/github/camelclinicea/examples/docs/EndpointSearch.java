/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs;

import io.github.camelclinicea.examples.docs.EndpointUse.Side;
import io.github.camelclinicea.examples.docs.language.AsciiDoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds the {@code clinicea:} endpoints of one file. It reads routes in Java, XML and YAML by their structure. Everything
 * else, such as a comment, a message or a drawing, is text, where an endpoint ends at a blank or a quote.
 */
final class EndpointSearch {
    /** Stands for the value of a variable. Camel's catalogue takes a placeholder for a value of any type. */
    private static final String VALUE = "{{variable}}";
    /** These begin like endpoints, and are the names of data types. */
    private static final Set<String> DATA_TYPES =
            Set.of("clinicea:application-json", "clinicea:application-cloudevents");

    /** An endpoint in text. A placeholder and a RAW value may contain what else would end it. */
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?<![\\w.-])clinicea:[\\w{$%][\\w.{}$%-]*(?:\\?(?:RAW\\([^)\\n]*\\)|\\{\\{[^}\\n]*}}|[^\\s\"'`<>|\\\\])*)?");

    private static final Pattern SIDE_BEFORE = Pattern.compile("\\b(from|to|toD|poll|pollEnrich)\\b[\\s:(\"'`]*$");
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern XML = Pattern.compile("<(\\w+)\\s[^<>]*?\\buri=([\"'])([^\"']*clinicea:[^\"']+)\\2");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);
    private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final String PART = "(?:" + LITERAL + "|[\\w.]+(?:\\(\\w*\\))*)";
    private static final Pattern CALL =
            Pattern.compile("\\b(from|to|toD|poll|pollEnrich)\\(\\s*(" + PART + "(?:\\s*\\+\\s*" + PART + ")*)");
    private static final Pattern EXPRESSION =
            Pattern.compile("\"[^\"\\n]*clinicea:(?:[^\"\\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*" + PART + ")*");
    private static final Pattern CONSTANT =
            Pattern.compile("String (\\w+)\\s*=\\s*(" + LITERAL + "(?:\\s*\\+\\s*(?:" + LITERAL + "|\\w+))*);");
    private static final Pattern PARTS = Pattern.compile(PART);

    private final String source;
    private final List<EndpointUse> uses = new ArrayList<>();

    private EndpointSearch(String source) {
        this.source = source;
    }

    /**
     * Returns the endpoints of a file.
     *
     * @param source the file; its ending says how it is read
     * @param text its content
     */
    static List<EndpointUse> in(String source, String text) {
        EndpointSearch search = new EndpointSearch(source);
        search.read(source.substring(source.lastIndexOf('.') + 1), text);
        return search.uses;
    }

    /** Returns the texts that begin an endpoint, whether or not the search understands the rest. */
    static List<String> mentions(String text) {
        return Pattern.compile("(?<![\\w.-])clinicea:[A-Za-z][\\w-]*")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(mention -> !DATA_TYPES.contains(mention))
                .toList();
    }

    private void read(String language, String text) {
        switch (language) {
            case "md" -> readPage(text);
            case "adoc" -> readPage(AsciiDoc.asMarkdown(text));
            case "java" -> readJava(text);
            case "xml" -> readXml(text);
            case "yaml", "yml" -> readYaml(text);
            default -> readText(text);
        }
    }

    private void readPage(String page) {
        readText(replaced(FENCE, page, fence -> {
            read(fence.group(1), fence.group(2));
            return "";
        }));
    }

    private void readText(String text) {
        Matcher matcher = IN_TEXT.matcher(text);
        while (matcher.find()) {
            String uri = cleaned(matcher.group());
            if (!DATA_TYPES.contains(uri)) {
                String line = text.substring(text.lastIndexOf('\n', matcher.start()) + 1, matcher.start());
                Matcher before = SIDE_BEFORE.matcher(line);
                uses.add(new EndpointUse(source, uri, before.find() ? side(before.group(1)) : Side.UNKNOWN));
            }
        }
    }

    /** Leaves out punctuation behind the endpoint, and an option that is not complete. */
    private static String cleaned(String uri) {
        String cleaned = withValues(uri).replaceAll("[?&.,;:-]+…?$", "");
        boolean isClosedTooOften = isClosedTooOften(cleaned, '(', ')') || isClosedTooOften(cleaned, '{', '}');
        return isClosedTooOften ? cleaned(cleaned.substring(0, cleaned.length() - 1)) : cleaned;
    }

    private static boolean isClosedTooOften(String text, char open, char close) {
        return text.endsWith(String.valueOf(close))
                && text.chars().filter(c -> c == open).count()
                        < text.chars().filter(c -> c == close).count();
    }

    private static String withValues(String uri) {
        return uri.replaceAll("%[sd]", VALUE).replace("?&", "?").replaceAll("&&+", "&");
    }

    private void readXml(String text) {
        String rest = replaced(XML, text, element -> {
            add(element.group(3).replace("&amp;", "&"), element.group(1));
            return "";
        });
        readText(rest.replace("&amp;", "&"));
    }

    private void readYaml(String text) {
        List<Object> documents = new ArrayList<>();
        try {
            new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(documents::add);
        } catch (YamlEngineException e) {
            // A part of a file, or a template that only becomes YAML.
            readText(text);
            return;
        }
        documents.forEach(document -> collect("", document));
        text.lines().map(String::strip).filter(line -> line.startsWith("#")).forEach(this::readText);
    }

    private void collect(String key, Object node) {
        if (node instanceof Map<?, ?> map) {
            Object parameters = map.get("parameters");
            boolean isStep = map.get("uri") instanceof String;
            if (isStep) {
                add(withParameters((String) map.get("uri"), parameters), key);
            }
            map.forEach((name, value) -> {
                if (!isStep || !name.equals("uri")) {
                    collect(String.valueOf(name), value);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(key, item));
        } else if (node instanceof String text && text.contains("clinicea:")) {
            if (Set.of("from", "to", "toD").contains(key)) {
                add(text, key);
            } else {
                readText(text);
            }
        }
    }

    /** An optional parameter of a Kamelet, {@code {{?name}}}, is left out unless it is set. */
    private static String withParameters(String uri, Object parameters) {
        String query = parameters instanceof Map<?, ?> options
                ? options.entrySet().stream()
                        .filter(option -> !String.valueOf(option.getValue()).startsWith("{{?"))
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining("&"))
                : "";
        return query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + query;
    }

    /** Reads the calls that take an endpoint, then other expressions, text blocks, and comments. */
    private void readJava(String text) {
        Map<String, String> constants = CONSTANT.matcher(text)
                .results()
                .collect(Collectors.toMap(c -> c.group(1), c -> c.group(2), (first, second) -> first));
        String rest = replaced(TEXT_BLOCK, text, block -> {
            readText(block.group(1));
            return "\"\"";
        });
        rest = replaced(CALL, rest, call -> {
            String uri = joined(call.group(2), constants);
            boolean isOurs = uri.contains("clinicea:");
            if (isOurs) {
                add(uri, call.group(1));
            }
            return isOurs ? "()" : call.group();
        });
        rest = replaced(EXPRESSION, rest, expression -> {
            readText(joined(expression.group(), constants));
            return "\"\"";
        });
        readText(rest);
    }

    /** A variable is a value; where a whole option would stand, it is left out. */
    private static String joined(String expression, Map<String, String> constants) {
        StringBuilder joined = new StringBuilder();
        Matcher parts = PARTS.matcher(expression);
        while (parts.find()) {
            String part = parts.group();
            if (part.startsWith("\"")) {
                joined.append(part, 1, part.length() - 1);
            } else if (constants.containsKey(part)) {
                joined.append(joined(constants.get(part), constants));
            } else if (joined.toString().matches("(?s).*[=:]")) {
                joined.append(VALUE);
            }
        }
        return joined.toString();
    }

    /** Adds an endpoint, without what stands around it, such as {@code master:name:}. */
    private void add(String uri, String step) {
        int start = uri.indexOf("clinicea:");
        if (start >= 0) {
            uses.add(new EndpointUse(source, withValues(uri.substring(start)).replaceAll("[?&]+$", ""), side(step)));
        }
    }

    private static Side side(String step) {
        return switch (step) {
            case "from", "poll", "pollEnrich" -> Side.CONSUMER;
            case "to", "toD", "wireTap", "enrich" -> Side.PRODUCER;
            default -> Side.UNKNOWN;
        };
    }

    private static String replaced(Pattern pattern, String text, Function<MatchResult, String> replacement) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
    }
}
