package io.github.camelclinicea.client;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a page apart into its rows: by {@link PageParser} in one pass, or, if a row cannot be read, by {@link RowByRowReader},
 * so that all other rows come as ever.
 */
final class RowReader {
    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    private final RowFields fields;
    private final PageParser parser;

    /**
     * @param fields the fields that are looked at
     * @param ahead the bodies that rows are to come with, where they can be made while a page is looked at; null for none
     */
    RowReader(RowFields fields, BodyFormat ahead) {
        this(fields, new PageParser(fields, ahead, true));
    }

    private RowReader(RowFields fields, PageParser parser) {
        this.fields = fields;
        this.parser = parser;
    }

    /** Returns a reader whose rows have no version, for a list of which nobody asks what changed. */
    static RowReader withoutVersions(RowFields fields) {
        return new RowReader(fields, new PageParser(fields, null, false));
    }

    /**
     * Reads a page.
     *
     * @param json a page, UTF-8, with or without a byte order mark
     * @return its rows in the order sent; those that cannot be read have a defect
     * @throws MalformedPageException if it is not a complete array of objects, or the end of a row is uncertain
     */
    List<WireRow> read(byte[] json) throws MalformedPageException {
        // Zeroes at the start are what the parser knows UTF-16 and UTF-32 by; it would then count characters, not
        // bytes.
        for (int i = 0; i < Math.min(4, json.length); i++) {
            if (json[i] == 0) {
                throw new MalformedPageException("it is not UTF-8 at byte " + i);
            }
        }
        try {
            return parser.parse(json);
        } catch (IOException e) {
            LOG.debug("A page is not well-formed throughout, so its rows are read one by one");
            return new RowByRowReader(fields, parser, json).read();
        }
    }
}
