/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.docs.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads Markdown pages as passages. Fenced code and comments are no passages. */
public final class Markdown {
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern LIST_ITEM = Pattern.compile("^\\s*(?:[-*]|\\d+\\.)\\s+");

    private final String source;
    private final List<Passage> passages = new ArrayList<>();
    private final StringBuilder block = new StringBuilder();
    private int blockLine;

    private Markdown(String source) {
        this.source = source;
    }

    /** Returns the Markdown pages of a checkout: those at its top, the sandbox's, GitHub's, and all below {@code docs}. */
    public static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(root, root.resolve("camel-clinicea-sandbox"), root.resolve(".github"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(Markdown::isPage).sorted().forEach(pages::add);
            }
        }
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(Markdown::isPage).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    /** Returns the passages of a page, in their order. */
    public static List<Passage> passages(String source, String page) {
        Markdown markdown = new Markdown(source);
        markdown.read(page);
        return markdown.passages;
    }

    private void read(String page) {
        boolean fenced = false;
        int number = 0;
        for (String line : withoutComments(page).split("\n", -1)) {
            number++;
            if (line.strip().startsWith("```")) {
                endBlock();
                fenced = !fenced;
            } else if (!fenced) {
                readLine(line, number);
            }
        }
        endBlock();
    }

    /** Keeps the line breaks, so that lines keep their numbers. */
    private static String withoutComments(String page) {
        return Pattern.compile("<!--.*?-->", Pattern.DOTALL)
                .matcher(page)
                .replaceAll(comment -> comment.group().replaceAll("[^\n]", ""));
    }

    private void readLine(String line, int number) {
        if (line.isBlank()) {
            endBlock();
        } else if (line.startsWith("#")) {
            endBlock();
            add(line.replaceAll("^#+\\s*", ""), number, true);
        } else if (line.startsWith("|")) {
            endBlock();
            readCells(line, number);
        } else {
            Matcher item = LIST_ITEM.matcher(line);
            if (item.find()) {
                endBlock();
                extendBlock(line.substring(item.end()), number);
            } else {
                extendBlock(line, number);
            }
        }
    }

    private void readCells(String row, int number) {
        if (row.matches("[|\\s:-]+")) {
            return;
        }
        for (String cell : row.substring(1).split("(?<!\\\\)\\|")) {
            add(cell.strip(), number, false);
        }
    }

    private void extendBlock(String line, int number) {
        if (block.isEmpty()) {
            blockLine = number;
        }
        block.append(line.strip()).append(' ');
    }

    private void endBlock() {
        if (!block.isEmpty()) {
            add(block.toString().strip(), blockLine, false);
            block.setLength(0);
        }
    }

    private void add(String marked, int line, boolean heading) {
        List<String> code = new ArrayList<>();
        Matcher spans = CODE_SPAN.matcher(marked);
        StringBuilder text = new StringBuilder();
        while (spans.find()) {
            code.add(spans.group(1));
            spans.appendReplacement(text, Passage.CODE);
        }
        spans.appendTail(text);
        String plain = LINK.matcher(text)
                .replaceAll(link -> Matcher.quoteReplacement(link.group(1)))
                .replace("<br>", ". ")
                .replace("*", "");
        if (!plain.isBlank()) {
            passages.add(new Passage(source, line, heading, plain, code));
        }
    }
}
