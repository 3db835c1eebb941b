/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import io.github.camelclinicea.row.Row;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a page into its rows. {@link PageParser} does so in one pass. If a row cannot be read, {@link RowByRowReader}
 * reads all the other rows as usual.
 */
public final class RowReader {
    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);

    private final RowFields fields;
    private final PageParser parser;
    private final int maxRowSize;

    /**
     * Creates a reader whose rows have a version.
     *
     * @param fields the fields that the component reads
     * @param ahead the format of the bodies to make while a page is read, where that is possible; null for none
     * @param maxRowSize the largest row in bytes
     */
    public RowReader(RowFields fields, BodyFormat ahead, int maxRowSize) {
        this(fields, new PageParser(fields, ahead, true), maxRowSize);
    }

    private RowReader(RowFields fields, PageParser parser, int maxRowSize) {
        this.fields = fields;
        this.parser = parser;
        this.maxRowSize = maxRowSize;
    }

    /**
     * Returns a reader whose rows have no version, for a list whose rows are not compared.
     *
     * @param fields the fields that the component reads
     * @param ahead the format of the bodies to make while a page is read, where that is possible; null for none
     * @param maxRowSize the largest row in bytes
     */
    public static RowReader withoutVersions(RowFields fields, BodyFormat ahead, int maxRowSize) {
        return new RowReader(fields, new PageParser(fields, ahead, false), maxRowSize);
    }

    /**
     * Reads a page.
     *
     * @param json a page, UTF-8, with or without a byte order mark
     * @param filledFields receives the names of the fields in which a row has a value other than null and an empty
     *     text, without those of a row with a defect; null if they are not needed
     * @return its rows in the order sent; those that cannot be read have a defect
     * @throws MalformedPageException if it is not a complete array of objects, or the end of a row is uncertain
     */
    public List<Row> read(byte[] json, Set<String> filledFields) throws MalformedPageException {
        // The parser takes zero bytes at the start for UTF-16 or UTF-32. It would then count characters, not bytes.
        for (int i = 0; i < Math.min(4, json.length); i++) {
            if (json[i] == 0) {
                throw new MalformedPageException("it is not UTF-8 at byte " + i);
            }
        }
        if (hasBoundedRows(json)) {
            try {
                return parser.parse(json, filledFields);
            } catch (MalformedPageException e) {
                throw e;
            } catch (IOException e) {
                LOG.debug("A page is not well-formed throughout, so its rows are read one by one");
            }
        }
        return new RowByRowReader(fields, parser, json, maxRowSize, filledFields).read();
    }

    /**
     * Returns whether no row is larger than it may be. This is checked before a row is parsed, because its values may
     * take many times as much memory.
     */
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
