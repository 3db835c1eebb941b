/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Stores the content of documents. The live blob store is a separate service; the sandbox serves it below a path of its
 * own.
 *
 * <p>Specified by {@code WriteTest}.
 */
final class BlobContainer {
    static final String NAME = "sandbox-documents";

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final String signature;
    private final Supplier<String> uri;

    /**
     * Creates an empty container.
     *
     * @param uri the container's address; it is known only when the server runs, so nothing reads it before
     */
    BlobContainer(Seed seed, Supplier<String> uri) {
        this.signature = "sv=sandbox&sig=" + seed.dice("signature", 1).guid();
        this.uri = uri;
    }

    /** Returns the query that authorizes an upload, without the question mark. */
    String signature() {
        return signature;
    }

    String uri() {
        return uri.get();
    }

    SandboxResponse put(SandboxRequest request, String name) {
        if (!request.rawQuery().equals(signature)) {
            throw Refusal.of(403, "the signature is wrong");
        }
        if (!"BlockBlob".equals(request.header().apply("x-ms-blob-type"))) {
            throw Refusal.badRequest("header 'x-ms-blob-type' must be BlockBlob");
        }
        blobs.put(name, request.body());
        return SandboxResponse.empty(201);
    }

    Optional<byte[]> content(String name) {
        return Optional.ofNullable(blobs.get(name)).map(byte[]::clone);
    }
}
