/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a page apart into its rows: by {@link PageParser} in one pass, or, if a row cannot be read, by {@link RowByRowReader},
 * so that all other rows come as ever.
 */
public final class RowReader {
    /** The largest row in bytes, unless set otherwise. */
    public static final int MAX_ROW_SIZE = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    private final RowFields fields;
    private final PageParser parser;
    private final int maxRowSize;

    /**
     * @param fields the fields that are looked at
     * @param ahead the bodies that rows are to come with, where they can be made while a page is looked at; null for none
     */
    public RowReader(RowFields fields, BodyFormat ahead) {
        this(fields, ahead, MAX_ROW_SIZE);
    }

    /** @param maxRowSize the largest row in bytes */
    public RowReader(RowFields fields, BodyFormat ahead, int maxRowSize) {
        this(fields, new PageParser(fields, ahead, true), maxRowSize);
    }

    private RowReader(RowFields fields, PageParser parser, int maxRowSize) {
        this.fields = fields;
        this.parser = parser;
        this.maxRowSize = maxRowSize;
    }

    /** Returns a reader whose rows have no version, for a list of which nobody asks what changed. */
    public static RowReader withoutVersions(RowFields fields, BodyFormat ahead, int maxRowSize) {
        return new RowReader(fields, new PageParser(fields, ahead, false), maxRowSize);
    }

    /**
     * Reads a page.
     *
     * @param json a page, UTF-8, with or without a byte order mark
     * @return its rows in the order sent; those that cannot be read have a defect
     * @throws MalformedPageException if it is not a complete array of objects, or the end of a row is uncertain
     */
    public List<Row> read(byte[] json) throws MalformedPageException {
        // Zeroes at the start are what the parser knows UTF-16 and UTF-32 by; it would then count characters, not
        // bytes.
        for (int i = 0; i < Math.min(4, json.length); i++) {
            if (json[i] == 0) {
                throw new MalformedPageException("it is not UTF-8 at byte " + i);
            }
        }
        if (hasBoundedRows(json)) {
            try {
                return parser.parse(json);
            } catch (MalformedPageException e) {
                throw e;
            } catch (IOException e) {
                LOG.debug("A page is not well-formed throughout, so its rows are read one by one");
            }
        }
        return new RowByRowReader(fields, parser, json, maxRowSize).read();
    }

    /** A row must be known to be small before it is parsed: what it is parsed to may be many times as large. */
    private boolean hasBoundedRows(byte[] json) {
        if (json.length <= maxRowSize) {
            return true;
        }
        try {
            RowScanner rows = new RowScanner(json, maxRowSize);
            rows.open();
            for (int index = 0; rows.next(index); index++) {
                if (index == PageParser.MAX_ROWS) {
                    return false;
                }
            }
            return true;
        } catch (RowScanner.UncertainException e) {
            return false;
        }
    }
}
