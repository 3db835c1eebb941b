/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.rest.param.ParameterUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Turns the ids of records into identifiers of FHIR. The server's own ids are never used to find a resource. */
final class FhirIdentifiers {
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NONE = Pattern.compile("[0-]+");

    private final String system;

    /**
     * Creates the identifiers of a clinic.
     *
     * @param system the identifier system, an absolute URI
     * @throws IllegalArgumentException if it is not one
     */
    FhirIdentifiers(String system) {
        try {
            if (!new URI(system).isAbsolute()) {
                throw new IllegalArgumentException("fhir.identifier-system must be an absolute URI, not " + system);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("fhir.identifier-system must be an absolute URI, not " + system, e);
        }
        this.system = system;
    }

    /**
     * Returns the identifier of a record.
     *
     * @param id its id, in any case if it is a GUID
     * @throws IllegalArgumentException if there is none
     */
    Identifier identifier(String id) {
        return new Identifier().setSystem(system).setValue(value(id));
    }

    /** Returns the query that finds the resource of a record. */
    String query(String type, String id) {
        String token = ParameterUtil.escape(system) + "|" + ParameterUtil.escape(value(id));
        return type + "?identifier=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    /**
     * Returns a reference by identifier, which needs no resource on the server.
     *
     * @param id the id of a record, or null
     * @return null if there is none
     */
    Reference reference(String type, String id) {
        return isNone(id) ? null : new Reference().setType(type).setIdentifier(identifier(id));
    }

    /** Tells whether a resource, or null, has the type and the identifier of a record. */
    boolean isOf(String type, String id, Resource resource) {
        return resource != null
                && resource.fhirType().equals(type)
                && resource.getNamedProperty("identifier").getValues().stream()
                        .map(Identifier.class::cast)
                        .anyMatch(identifier -> system.equals(identifier.getSystem())
                                && value(id).equals(identifier.getValue()));
    }

    /** Tells whether a text stands for no record: null, blank, or only zeros, as the zero GUID. */
    private static boolean isNone(String id) {
        return FhirText.clean(id) == null || NONE.matcher(id).matches();
    }

    private static String value(String id) {
        if (isNone(id)) {
            throw new IllegalArgumentException("The row has no id");
        }
        String value = FhirText.clean(id);
        // Servers compare identifiers as they are, and a GUID in other letters is the same id.
        return GUID.matcher(value).matches() ? value.toLowerCase(Locale.ROOT) : value;
    }
}
