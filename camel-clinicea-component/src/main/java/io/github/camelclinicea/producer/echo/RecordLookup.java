/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.echo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.RequestBuilder;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads one record by its id, with the resource's {@code get}, and remembers which fields the records had. A field that
 * some record had and another one lacks has no value in the other one. Thread-safe.
 *
 * <p>Specified by {@code EchoTest}.
 */
public final class RecordLookup {
    /** The maximum number of names that are remembered. */
    private static final int MAX_NAMES = 1_000;

    private final CliniceaClient client;
    private final Resource resource;
    private final Operation get;
    private final String path;
    private final RecordReader records;
    private final Set<String> shownFields = ConcurrentHashMap.newKeySet();

    /**
     * @param client sends the requests; not closed
     * @param resource the resource of the records
     * @param path the path that replaces the resource's own, or null
     * @param records reads the responses
     */
    public RecordLookup(CliniceaClient client, Resource resource, String path, RecordReader records) {
        this.client = client;
        this.resource = resource;
        this.get = resource.operationsFor(CliniceaOperation.GET.verb()).stream()
                .findFirst()
                .orElse(null);
        this.path = path;
        this.records = records;
    }

    /**
     * Returns whether records are read with this operation.
     *
     * @param read an operation that reads
     */
    boolean uses(Operation read) {
        return read.equals(get);
    }

    /**
     * Returns a record, or null if the response shows none.
     *
     * @param id the record's id
     * @throws CliniceaException if the request fails, or if the resource has no {@code get}
     * @throws InterruptedException if interrupted while waiting for the response
     */
    ObjectNode read(String id) throws CliniceaException, InterruptedException {
        if (get == null) {
            String verb = CliniceaOperation.GET.verb();
            throw new CliniceaException(
                    "No operation reads one record of " + resource.name(), resource.name(), verb, 0, false, null);
        }
        Request request = RequestBuilder.ofRead(resource, get, path)
                .request(new Arguments(Json.mapper().createObjectNode(), Map.of(), id));
        ObjectNode record = client.call(request, response -> records.fields(request, response));
        if (record != null && shownFields.size() < MAX_NAMES) {
            record.fieldNames().forEachRemaining(shownFields::add);
        }
        return record;
    }

    /** Returns the names of all fields that records had so far. */
    Set<String> shownFields() {
        return Collections.unmodifiableSet(shownFields);
    }
}
