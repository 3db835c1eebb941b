/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import io.github.camelclinicea.client.http.Encoding;
import io.github.camelclinicea.client.http.SafeUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the API wants the contents of documents (docs/design/wire.md, section 5): a container of a blob store, on
 * whatever host the API names, and the signature that lets in whoever has it. Nothing that the API says may lead out of
 * that container.
 */
public final class BlobFolder {
    /** RFC 3986, query. What would be no URL later is refused now: the JDK's own message quotes all of it. */
    private static final Pattern SIGNATURE = Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})++");

    /** A backslash is a slash to some servers; what begins a query or a fragment is no part of a name. */
    private static final Pattern NO_NAME = Pattern.compile("[\\\\?#\\p{Cntrl}]");

    /** A segment of nothing but dots, however they are spelled. */
    private static final Pattern DOTS = Pattern.compile("(?i)(.*/)?(\\.|%2e)+(/.*)?");

    private final String container;
    private final String signature;

    private BlobFolder(String container, String signature) {
        this.container = container;
        this.signature = signature;
    }

    /**
     * @param blobUri the store, {@code BlobURI}
     * @param containerName the container, {@code ContainerName}
     * @param signature the query that lets a caller in, {@code AccountSAS}, with or without its question mark
     * @param hosts where it may be
     * @return the folder
     * @throws IllegalArgumentException if nothing may be sent there; says why without quoting any of it
     */
    public static BlobFolder of(String blobUri, String containerName, String signature, BlobHosts hosts) {
        String query = signature.startsWith("?") ? signature.substring(1) : signature;
        if (!SIGNATURE.matcher(query).matches()) {
            throw new IllegalArgumentException("AccountSAS is missing or is no query of a URL");
        }
        URI store = store(blobUri, hosts);
        String root = store.toString().replaceFirst("/+$", "");
        return new BlobFolder(root + "/" + segment("ContainerName", containerName), query);
    }

    private static URI store(String blobUri, BlobHosts hosts) {
        URI store = SafeUrl.check("BlobURI", blobUri);
        if (DOTS.matcher(store.getRawPath()).matches()) {
            throw new IllegalArgumentException("BlobURI has a path with dots for segments");
        }
        hosts.check(store);
        return store;
    }

    /**
     * @param name the name of a blob, {@code DocumentOnlineName}; its slashes part folders
     * @return its address, signature included: a secret
     * @throws IllegalArgumentException if the name might lead out of the container
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
            // Told below, by its name in the answer.
        }
        throw new IllegalArgumentException(what + " is missing or is no name within a container");
    }

    /** @return nothing of the signature */
    @Override
    public String toString() {
        return "BlobFolder";
    }
}
