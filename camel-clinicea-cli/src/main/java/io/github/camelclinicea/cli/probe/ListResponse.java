/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.client.http.Response;
import java.util.List;

/**
 * The result of one request for a page of a list.
 *
 * <p>Specified by {@code ProbeTest}.
 *
 * @param outcome what kind of response it was
 * @param status the HTTP status; 0 without a response
 * @param rows the rows of the page; empty unless the outcome is {@link Outcome#ROWS}
 */
record ListResponse(Outcome outcome, int status, List<ObjectNode> rows) {
    /** The kinds of responses. */
    enum Outcome {
        /** A list with rows. */
        ROWS,
        /** A list without rows: 204, or an empty array. */
        EMPTY,
        /** A status that is no success. */
        REFUSED,
        /** A success whose body is no list of rows. */
        NO_LIST,
        /** No response, or one that broke off. */
        NO_RESPONSE,
        /** The request was not sent. */
        NOT_ASKED
    }

    static final ListResponse NOT_ASKED = new ListResponse(Outcome.NOT_ASKED, 0, List.of());
    static final ListResponse NO_RESPONSE = new ListResponse(Outcome.NO_RESPONSE, 0, List.of());

    boolean hasRows() {
        return outcome == Outcome.ROWS;
    }

    /** Returns whether the response is a list, with or without rows. */
    boolean isList() {
        return outcome == Outcome.ROWS || outcome == Outcome.EMPTY;
    }

    boolean isAsked() {
        return outcome != Outcome.NOT_ASKED;
    }

    /** Returns whether the server refused the credential, or the module to it. */
    boolean isUnauthorized() {
        return Response.refusesCredentials(status);
    }

    /** Returns whether the server looked at the request and refused it. Any other failure may pass. */
    boolean isRefusal() {
        return status == 400 || status == 404 || status == 422;
    }

    /**
     * Returns whether a response other than rows says that the list has no page of the number, and not that the server
     * failed or refused the user. This is stricter than the component's {@code FirstPageRules}: the component asks
     * again at the next poll, but a printed option stays.
     */
    boolean saysNoPage() {
        return outcome == Outcome.EMPTY || isRefusal();
    }

    /** Returns whether the same request may get another response the next time. */
    boolean mayPass() {
        return outcome == Outcome.NO_RESPONSE || outcome == Outcome.REFUSED && !isRefusal();
    }

    /** Returns the outcome in words. */
    String words() {
        return switch (outcome) {
            case ROWS -> rows.size() == 1 ? "1 row" : rows.size() + " rows";
            case EMPTY -> "no rows";
            case REFUSED -> Integer.toString(status);
            case NO_LIST -> status + " without a list";
            case NO_RESPONSE -> "no response";
            case NOT_ASKED -> Fact.NOT_ASKED;
        };
    }
}
