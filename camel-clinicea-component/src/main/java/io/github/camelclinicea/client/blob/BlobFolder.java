/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.SafeUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The place where the API wants the contents of documents (docs/design/wire.md, section 5): a container of a blob
 * store, on the host that the API names, and the signature that grants access. No value of the API can lead out of that
 * container.
 *
 * <p>Specified by {@code UploadTest}.
 */
public final class BlobFolder {
    /** A query by RFC 3986. Anything else is refused here, because the JDK's own message would quote it. */
    private static final Pattern SIGNATURE = Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})++");

    /**
     * Characters that no name may have. Some servers read a backslash as a slash; others begin a query or a fragment.
     */
    private static final Pattern NO_NAME = Pattern.compile("[\\\\?#\\p{Cntrl}]");

    /** A segment of dots only, encoded or not. */
    private static final Pattern DOTS = Pattern.compile("(?i)(.*/)?(\\.|%2e)+(/.*)?");

    private final String container;
    private final String signature;

    private BlobFolder(String container, String signature) {
        this.container = container;
        this.signature = signature;
    }

    /**
     * Returns the folder that the API names.
     *
     * @param blobUri the store, {@code BlobURI}
     * @param containerName the container, {@code ContainerName}
     * @param signature the query that grants access, {@code AccountSAS}, with or without its question mark
     * @param hosts the hosts that documents may be sent to
     * @throws IllegalArgumentException if no document may be sent there; the message says why and quotes no value
     */
    public static BlobFolder of(String blobUri, String containerName, String signature, BlobHosts hosts) {
        String query = signature.startsWith("?") ? signature.substring(1) : signature;
        if (!SIGNATURE.matcher(query).matches()) {
            throw new IllegalArgumentException("AccountSAS is missing or is not the query of a URL");
        }
        URI store = store(blobUri, hosts);
        String root = store.toString().replaceFirst("/+$", "");
        return new BlobFolder(root + "/" + segment("ContainerName", containerName), query);
    }

    private static URI store(String blobUri, BlobHosts hosts) {
        URI store = SafeUrl.check("BlobURI", blobUri);
        if (DOTS.matcher(store.getRawPath()).matches()) {
            throw new IllegalArgumentException("BlobURI has a path with a segment of dots");
        }
        hosts.check(store);
        return store;
    }

    /**
     * Returns the address of a blob, signature included, which is a secret.
     *
     * @param name the name of the blob, {@code DocumentOnlineName}; slashes separate folders
     * @throws IllegalArgumentException if the name could lead out of the container
     */
    URI blob(String name) {
        String path = Arrays.stream(name.split("/", -1))
                .map(part -> segment("DocumentOnlineName", part))
                .collect(Collectors.joining("/"));
        return URI.create(container + "/" + path + "?" + signature);
    }

    private static String segment(String what, String text) {
        try {
            if (!NO_NAME.matcher(text).find()) {
                return Encoding.pathSegment(text);
            }
        } catch (IllegalArgumentException e) {
            // The exception below names the field.
        }
        throw new IllegalArgumentException(what + " is missing or is not a name within a container");
    }

    /** Returns the class name only, because the signature is a secret. */
    @Override
    public String toString() {
        return "BlobFolder";
    }
}
