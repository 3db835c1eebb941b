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
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.Reply;
import java.util.List;

/**
 * The three calls by which a document gets into Clinicea (docs/design/wire.md, section 5): ask where its content goes,
 * register it, send the content. Whatever can be found out before it is registered is: from then on, a failure leaves
 * it behind.
 */
public final class Upload {
    private final Resource resource;
    private final CliniceaClient client;
    private final BlobStore blobs;
    private final RecordReader records;
    private final BlobHosts hosts;

    /**
     * @param resource the documents, or another resource that the catalogue gives a {@code getFolder}
     * @param client makes the first two calls
     * @param blobs takes the content
     * @param records reads what the second one answers
     * @param hosts where content may go
     */
    public Upload(Resource resource, CliniceaClient client, BlobStore blobs, RecordReader records, BlobHosts hosts) {
        this.resource = resource;
        this.client = client;
        this.blobs = blobs;
        this.records = records;
        this.hosts = hosts;
    }

    /** What the second call answered. */
    private record Registered(Reply reply, String onlineName) {
        @Override
        public String toString() {
            return "Registered";
        }
    }

    /**
     * @param registration the call that registers the document
     * @param content its content
     * @return the record that the registration answered
     * @throws CliniceaUploadException if the document was registered, and its content is not there or may not be
     * @throws CliniceaException if it was not registered, or nobody knows
     */
    public Reply make(Request registration, Content content) throws CliniceaException, InterruptedException {
        Request folder = askForFolder();
        BlobFolder to = client.call(folder, answer -> folder(folder, answer));
        Registered registered = client.call(
                registration,
                answer -> new Registered(
                        records.one(registration, answer),
                        text(Json.read(registration, answer), "DocumentOnlineName")));
        try {
            blobs.put(to, registered.onlineName(), content);
        } catch (BlobStore.NotStoredException e) {
            throw leftBehind(registration, registered.reply().recordId(), e);
        }
        return registered.reply();
    }

    private Request askForFolder() {
        Operation operation = resource.operation("getFolder").orElseThrow();
        return new Request(resource.name(), operation.name(), operation.method(), operation.path(), List.of(), null);
    }

    private BlobFolder folder(Request call, Response answer) throws CliniceaException {
        JsonNode folder = Json.read(call, answer);
        try {
            return BlobFolder.of(
                    text(folder, "BlobURI"), text(folder, "ContainerName"), text(folder, "AccountSAS"), hosts);
        } catch (IllegalArgumentException e) {
            throw call.failure(
                    "Clinicea's answer to " + call + " names no place that a document may be sent to: " + e.getMessage()
                            + ". No document was registered",
                    answer.status(),
                    false,
                    e);
        }
    }

    /** @return a field of an object, or of the only entry of an array; empty if it is not there */
    private static String text(JsonNode answer, String field) {
        JsonNode record = RecordReader.only(answer);
        return record == null ? "" : record.path(field).asText("");
    }

    private static CliniceaUploadException leftBehind(Request call, String id, BlobStore.NotStoredException e) {
        String state =
                e.maybeStored() ? "it is not known whether its content was stored" : "its content was not stored";
        return new CliniceaUploadException(
                "The document " + id + " is registered in Clinicea, but " + state + ": " + e.getMessage()
                        + ". Delete it with operation=delete, " + id + " in the header " + CliniceaConstants.RECORD_ID
                        + " and patientID in the header " + CliniceaConstants.PARAMETERS
                        + ", before you upload it again",
                call.resource(),
                call.operation(),
                id,
                e.status(),
                e.maybeStored(),
                e);
    }
}
