/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds where the rows of a page begin and end, although a row may be malformed. It follows the structure of JSON:
 * strings with their escapes, brackets that match, fields as {@code "name" : value} with commas between them. It
 * accepts every defect that does not move the end of a row: any character in a string, any word as a value, a missing
 * value, a comma too many, any depth.
 *
 * <p>A defect that makes an end uncertain is refused. The most important one is a quote that is not escaped. It
 * exchanges the inside and the outside of all later strings, so that a row could include its neighbours. Such a row
 * either breaks the structure soon, or {@link #mayHoldAnother} returns true.
 *
 * <p>Specified by {@code RowByRowReaderTest} and {@code LargePageTest}.
 */
final class RowScanner {
    /**
     * Reports that no further row can be found with certainty. The message says why, and quotes no part of the page.
     */
    static class UncertainException extends Exception {
        private static final long serialVersionUID = 1L;

        UncertainException(String message) {
            super(message);
        }
    }

    /** Reports that a row is larger than the limit. */
    static final class TooLargeException extends UncertainException {
        private static final long serialVersionUID = 1L;

        public TooLargeException(String message) {
            super(message);
        }
    }

    private static final int MEMBER = 4;
    private static final String WORD_SIGNS = "+-._:";

    private final byte[] page;
    private final int maxRowSize;
    private int at;

    private int start;
    private int end;
    private boolean holdsAnother;
    /** The depths whose open bracket is that of an object. */
    private final BitSet objects = new BitSet();

    private int depth;
    /** Four places for each field of the row: beginning and end of its name, beginning and end of its value. */
    private int[] members = new int[MEMBER * 64];

    private int memberCount;

    /**
     * Creates a scanner before the first row of a page.
     *
     * @param maxRowSize the largest row in bytes
     */
    RowScanner(byte[] page, int maxRowSize) {
        this.page = page;
        this.maxRowSize = maxRowSize;
        boolean mark =
                page.length >= 3 && (page[0] & 0xff) == 0xef && (page[1] & 0xff) == 0xbb && (page[2] & 0xff) == 0xbf;
        this.at = mark ? 3 : 0;
    }

    /** Goes to the first row. */
    void open() throws UncertainException {
        blanks();
        require(at < page.length, "it is empty");
        require(peek() != '<', "it " + JsonDefect.HTML);
        require(peek() == '[', "it is not an array");
        at++;
        blanks();
    }

    /**
     * Scans the next row; returns false if there is none.
     *
     * @param index how many rows came before
     */
    boolean next(int index) throws UncertainException {
        if (peek() == ']') {
            return false;
        }
        if (index > 0) {
            require(peek() == ',', "is not followed by a comma");
            at++;
            blanks();
        }
        require(at < page.length, "is missing, because the page ends too early");
        start = at;
        holdsAnother = false;
        memberCount = 0;
        if (peek() == '{' || peek() == '[') {
            structure();
        } else if (peek() == '"') {
            string();
        } else {
            word();
        }
        end = at;
        requireSize();
        blanks();
        require(at < page.length, "is the last one, and the page does not end");
        return true;
    }

    /** Checks the end of the page after its last row. */
    void close() throws UncertainException {
        at++;
        blanks();
        require(at == page.length, "its array is followed by other text");
    }

    /** Returns where the row begins. */
    int start() {
        return start;
    }

    /** Returns the place after the row. */
    int end() {
        return end;
    }

    /**
     * Returns whether a string of the row ends like the beginning of another row. Then a quote before it is not
     * escaped, and the row may be several rows.
     */
    boolean mayHoldAnother() {
        return holdsAnother;
    }

    /** Returns how many fields the row has; 0 if it is not an object. */
    int fields() {
        return memberCount;
    }

    byte[] name(int field) {
        return Arrays.copyOfRange(page, members[MEMBER * field], members[MEMBER * field + 1]);
    }

    /** Returns the bytes of a field's value; none if it is missing. */
    byte[] value(int field) {
        return Arrays.copyOfRange(page, members[MEMBER * field + 2], members[MEMBER * field + 3]);
    }

    private int peek() {
        return at < page.length ? page[at] : -1;
    }

    private void blanks() {
        while (at < page.length && isBlank(page[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static void require(boolean condition, String otherwise) throws UncertainException {
        if (!condition) {
            throw new UncertainException(otherwise);
        }
    }

    private void requireSize() throws TooLargeException {
        if (at - start > maxRowSize) {
            throw new TooLargeException("is larger than maxRowSize of " + maxRowSize + " bytes");
        }
    }

    /** Scans an object or array. Not recursive, because a malformed row may be nested to any depth. */
    private void structure() throws UncertainException {
        depth = 0;
        open(peek());
        boolean valueBefore = false;
        while (depth > 0) {
            blanks();
            requireSize();
            require(at < page.length, "has no end, because the page ends too early");
            int c = peek();
            boolean object = objects.get(depth);
            if (c == ',') {
                at++;
                valueBefore = false;
            } else if (c == (object ? '}' : ']')) {
                at++;
                depth--;
                valueBefore = true;
                endMember();
            } else {
                require(!valueBefore, "has a value that is followed by neither a comma nor the end");
                valueBefore = object ? field() : value();
            }
        }
    }

    private void open(int bracket) {
        objects.set(++depth, bracket == '{');
        at++;
    }

    /** Scans a field; returns false if it has opened an object or an array. */
    private boolean field() throws UncertainException {
        int name = at;
        require(peek() == '"', "has a field without a name in quotes");
        string();
        int nameEnd = at;
        blanks();
        require(peek() == ':', "has a name without a colon");
        at++;
        blanks();
        if (depth == 1) {
            beginMember(name, nameEnd);
        }
        boolean missing = peek() == ',' || peek() == '}';
        boolean ended = missing || value();
        if (ended) {
            endMember();
        }
        return ended;
    }

    private void beginMember(int name, int nameEnd) {
        int place = MEMBER * memberCount++;
        if (place == members.length) {
            members = Arrays.copyOf(members, 2 * members.length);
        }
        members[place] = name;
        members[place + 1] = nameEnd;
        members[place + 2] = at;
        members[place + 3] = at;
    }

    private void endMember() {
        if (depth == 1 && memberCount > 0) {
            members[MEMBER * memberCount - 1] = at;
        }
    }

    /** Scans a value; returns false if it has opened an object or an array. */
    private boolean value() throws UncertainException {
        int c = peek();
        if (c == '"') {
            string();
            return true;
        }
        if (c == '{' || c == '[') {
            open(c);
            return false;
        }
        word();
        return true;
    }

    /** Scans a number, a literal, or any other word. */
    private void word() throws UncertainException {
        int from = at;
        require(at < page.length, "has no end, because the page ends too early");
        while (at < page.length && isOfWord(page[at])) {
            at++;
        }
        require(at > from, "has a value of an unknown kind");
        require(Utf8.firstError(page, from, at) < 0, "has a value that is not UTF-8");
    }

    private static boolean isOfWord(byte b) {
        return b < 0 || b >= '0' && b <= '9' || (b | 0x20) >= 'a' && (b | 0x20) <= 'z' || WORD_SIGNS.indexOf(b) >= 0;
    }

    private void string() throws UncertainException {
        int from = at++;
        boolean halfLetter = false;
        while (at < page.length && page[at] != '"') {
            if (page[at] == '\\') {
                halfLetter |= page[at - 1] < 0;
                at++;
            }
            at++;
        }
        require(at < page.length, "has a text without an end");
        // In some encodings a backslash is the second byte of a letter, and escapes nothing.
        require(!halfLetter || Utf8.firstError(page, from, at) < 0, "has a text in an unknown encoding");
        holdsAnother |= endsLikeTheBeginningOfARow(from);
        at++;
    }

    private boolean endsLikeTheBeginningOfARow(int from) {
        int bracket = beforeBlanks(from, at);
        if (bracket <= from || page[bracket] != '{' && page[bracket] != '[') {
            return false;
        }
        int comma = beforeBlanks(from, bracket);
        return comma > from && page[comma] == ',';
    }

    private int beforeBlanks(int from, int place) {
        int before = place - 1;
        while (before > from && isBlank(page[before])) {
            before--;
        }
        return before;
    }
}
