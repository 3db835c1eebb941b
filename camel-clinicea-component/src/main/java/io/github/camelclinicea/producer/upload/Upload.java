/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.upload;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaUploadException;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.blob.BlobFolder;
import io.github.camelclinicea.client.blob.BlobHosts;
import io.github.camelclinicea.client.blob.BlobStore;
import io.github.camelclinicea.client.http.Content;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.message.OperationResult;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.row.RequestListener;
import java.util.List;

/**
 * Uploads a document with three requests (docs/design/wire.md, section 5). The first returns the place for the content,
 * the second registers the document, and the third sends the content. A failure after the registration leaves a
 * document without content, so everything that can be checked is checked before it.
 *
 * <p>Specified by {@code UploadTest}.
 */
public final class Upload {
    private final Resource resource;
    private final CliniceaClient client;
    private final BlobStore blobs;
    private final RecordReader records;
    private final BlobHosts hosts;

    /**
     * @param resource a resource with the operation {@code getFolder}, such as the documents
     * @param client sends the first two requests
     * @param blobs stores the content
     * @param records reads the response to the registration
     * @param hosts the hosts that content may be sent to
     */
    public Upload(Resource resource, CliniceaClient client, BlobStore blobs, RecordReader records, BlobHosts hosts) {
        this.resource = resource;
        this.client = client;
        this.blobs = blobs;
        this.records = records;
        this.hosts = hosts;
    }

    /** Holds the response to the registration. */
    private record Registered(OperationResult result, String onlineName) {
        /** Returns the class name only, because the record may be a patient's. */
        @Override
        public String toString() {
            return "Registered";
        }
    }

    /**
     * Uploads a document.
     *
     * @param registration the request that registers the document
     * @param content its content
     * @param listener is notified of the request that registers the document
     * @return the record that the response to the registration shows
     * @throws CliniceaUploadException if the document was registered, but its content was not stored or may not be
     * @throws CliniceaException if the document was not registered, or may not be
     * @throws InterruptedException if interrupted while waiting for a response
     */
    public OperationResult send(Request registration, Content content, RequestListener listener)
            throws CliniceaException, InterruptedException {
        Request folderRequest = folderRequest();
        BlobFolder folder = client.call(folderRequest, response -> folder(folderRequest, response));
        Registered registered = client.call(
                registration,
                response -> new Registered(
                        records.one(registration, response),
                        text(Json.read(registration, response), "DocumentOnlineName")),
                listener);
        try {
            blobs.put(folder, registered.onlineName(), content);
        } catch (BlobStore.NotStoredException e) {
            throw leftBehind(registration, registered.result().recordId(), e);
        }
        return registered.result();
    }

    private Request folderRequest() {
        Operation operation = resource.operation("getFolder").orElseThrow();
        return new Request(resource.name(), operation.name(), operation.method(), operation.path(), List.of(), null);
    }

    private BlobFolder folder(Request request, Response response) throws CliniceaException {
        JsonNode folder = Json.read(request, response);
        try {
            return BlobFolder.of(
                    text(folder, "BlobURI"), text(folder, "ContainerName"), text(folder, "AccountSAS"), hosts);
        } catch (IllegalArgumentException e) {
            throw request.failure(
                    "Clinicea's response to " + request + " names no place that a document may be sent to: "
                            + e.getMessage() + ". No document was registered",
                    response.status(),
                    false,
                    e);
        }
    }

    /** Returns a field of an object, or of the only entry of an array; empty if there is none. */
    private static String text(JsonNode body, String field) {
        JsonNode record = RecordReader.only(body);
        return record == null ? "" : record.path(field).asText("");
    }

    private static CliniceaUploadException leftBehind(Request registration, String id, BlobStore.NotStoredException e) {
        String state =
                e.maybeStored() ? "it is not known whether its content was stored" : "its content was not stored";
        return new CliniceaUploadException(
                "The document " + id + " is registered in Clinicea, but " + state + ": " + e.getMessage()
                        + ". Delete it with operation=delete, " + id + " in the header " + CliniceaConstants.RECORD_ID
                        + " and patientID in the header " + CliniceaConstants.PARAMETERS
                        + ", before you upload it again",
                registration.resource(),
                registration.operation(),
                id,
                e.status(),
                e.maybeStored(),
                e);
    }
}
