/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The blob store that takes the content of documents: another service in real life, another path here. */
final class BlobContainer {
    static final String NAME = "sandbox-documents";

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final String signature;
    private final Supplier<String> uri;

    /** @param uri where the container is reached; asked only once the server runs */
    BlobContainer(Seed seed, Supplier<String> uri) {
        this.signature = "sv=sandbox&sig=" + seed.dice("signature", 1).guid();
        this.uri = uri;
    }

    /** @return the query that lets a caller in, without its question mark */
    String signature() {
        return signature;
    }

    String uri() {
        return uri.get();
    }

    Answer put(SandboxRequest request, String name) {
        if (!request.rawQuery().equals(signature)) {
            throw Refusal.of(403, "the signature is wrong");
        }
        if (!"BlockBlob".equals(request.header().apply("x-ms-blob-type"))) {
            throw Refusal.badRequest("header 'x-ms-blob-type' must be BlockBlob");
        }
        blobs.put(name, request.body());
        return Answer.empty(201);
    }

    Optional<byte[]> content(String name) {
        return Optional.ofNullable(blobs.get(name)).map(byte[]::clone);
    }
}
