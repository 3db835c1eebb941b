/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.hl7;

import io.github.camelclinicea.CliniceaConstants;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Holds a version of a record as a feed delivers it.
 *
 * <p>Specified by {@code ClinicToHl7Test}.
 *
 * @param resource the feed
 * @param id the record's id, as sent
 * @param version the id of this version
 * @param deleted whether the record was deleted; its row may then have nothing but an id
 * @param modified the moment of the change, or null if it is not known
 * @param row the fields
 */
record Change(String resource, String id, String version, boolean deleted, Instant modified, Map<?, ?> row) {
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /**
     * Returns the change that a consumer of Clinicea has emitted.
     *
     * @throws IllegalArgumentException if the row has no id
     */
    static Change of(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getHeader(CliniceaConstants.RECORD_ID) == null) {
            throw new IllegalArgumentException("The row has no id, so no message can name its record");
        }
        return new Change(
                message.getHeader(CliniceaConstants.RESOURCE, String.class),
                message.getHeader(CliniceaConstants.RECORD_ID, String.class),
                message.getHeader(CliniceaConstants.VERSION, String.class),
                "Deleted".equalsIgnoreCase(message.getHeader(CliniceaConstants.DATA_STATUS, String.class)),
                message.getHeader(CliniceaConstants.MODIFIED_INSTANT, Instant.class),
                message.getBody(Map.class));
    }

    /** Returns the id as the tables have it: a GUID in other letters' case is the same record. */
    String key() {
        return GUID.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** Returns the resource and the id only, because the row is a patient's data. */
    @Override
    public String toString() {
        return "Change of " + resource + " " + id;
    }
}
