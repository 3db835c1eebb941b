/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

/**
 * The effect of a since-parameter.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param kind the effect
 * @param words what was seen
 */
record Effect(Kind kind, String words) {
    /** The kinds of effects. */
    enum Kind {
        /** Rows before the moment are left out, or the moment is in the future and there are none. */
        RESPECTED,
        /** The rows are the same with any moment. */
        IGNORED,
        /** The request fails. */
        REFUSED,
        /** The responses do not show it. */
        NOT_KNOWN
    }

    static final Effect RESPECTED = new Effect(Kind.RESPECTED, "respected");
    static final Effect IGNORED = new Effect(Kind.IGNORED, "ignored");
    /** A moment in the future gives no rows. A server that does not read the moment may give none for any. */
    static final Effect NOTHING = new Effect(Kind.RESPECTED, "no rows from tomorrow on");

    static final Effect NOT_ASKED = new Effect(Kind.NOT_KNOWN, Fact.NOT_ASKED);

    static Effect refused(int status) {
        return new Effect(Kind.REFUSED, "refused (" + status + ")");
    }

    static Effect notKnown(String reason) {
        return new Effect(Kind.NOT_KNOWN, Fact.notKnown(reason));
    }

    /** Returns the effect that the response to a moment in the future shows. */
    static Effect ofFuture(ListResponse response) {
        return switch (response.outcome()) {
            case EMPTY -> NOTHING;
            case ROWS -> IGNORED;
            case REFUSED -> response.isRefusal() ? refused(response.status()) : notKnown(response.words());
            case NOT_ASKED -> NOT_ASKED;
            case NO_LIST, NO_RESPONSE -> notKnown(response.words());
        };
    }

    boolean isRespected() {
        return kind == Kind.RESPECTED;
    }

    boolean isRefused() {
        return kind == Kind.REFUSED;
    }
}
