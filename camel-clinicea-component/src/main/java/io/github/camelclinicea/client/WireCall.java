package io.github.camelclinicea.client;

import io.github.camelclinicea.CliniceaOutcomeUnknownException;
import java.io.IOException;
import java.util.List;

/**
 * One request, before credentials.
 *
 * @param resource the resource it is for, as in the endpoint URI; for messages
 * @param operation the operation it is; for messages
 * @param method the HTTP method
 * @param path the path from the root of the server, encoded
 * @param query the query parameters in order
 * @param body a JSON body in UTF-8, or null for none
 */
public record WireCall(
        String resource, String operation, String method, String path, List<Parameter> query, byte[] body) {
    public WireCall {
        query = List.copyOf(query);
    }

    /** @return whether it only reads, so that repeating it does no harm */
    boolean readOnly() {
        return method.equals("GET");
    }

    /** @return whether repeating it might make a second record */
    boolean creates() {
        return method.equals("POST");
    }

    /** @return what is to be said of a create whose answer never came, or cannot be read */
    CliniceaOutcomeUnknownException outcomeUnknown(int status, IOException cause) {
        return new CliniceaOutcomeUnknownException(
                "The answer to " + this
                        + " never came or cannot be read, so it is not known whether the record was made."
                        + " It was not sent again; look the record up before you do",
                resource,
                operation,
                status,
                cause);
    }

    /** @return resource and operation; neither query nor body, which may hold a patient's data */
    @Override
    public String toString() {
        return resource + " " + operation;
    }
}
