/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.blob;

import io.github.camelclinicea.client.http.Loopback;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hosts that the content of a document may be sent to. The API names the host of each upload. Without this check, a
 * compromised API could make this machine write to any service that it can reach, including its own.
 */
public final class BlobHosts {
    /**
     * The hosts where the vendor stores documents. The requests are those of Azure Blob Storage (docs/design/wire.md,
     * section 5, LIVE).
     */
    private static final String VENDORS_STORAGE = "*.blob.core.windows.net";

    private static final String ANY = "*";

    private static final Pattern PATTERN =
            Pattern.compile("\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+]");

    private final List<String> patterns;
    private final boolean allowLoopback;
    private final boolean allowInsecureHttp;

    private BlobHosts(List<String> patterns, boolean allowLoopback, boolean allowInsecureHttp) {
        this.patterns = patterns;
        this.allowLoopback = allowLoopback;
        this.allowInsecureHttp = allowInsecureHttp;
    }

    /**
     * Returns the hosts that match patterns.
     *
     * @param baseUrl the address of the API
     * @param patterns names of hosts, which may begin with {@code *.}; empty for the API's own host and the vendor's
     *     storage
     * @param allowInsecureHttp whether plain http to another machine is accepted
     * @throws IllegalArgumentException if a pattern is not the name of a host
     */
    public static BlobHosts of(URI baseUrl, List<String> patterns, boolean allowInsecureHttp) {
        for (String pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches()) {
                throw new IllegalArgumentException("blobHosts has '" + pattern
                        + "', which is not the name of a host; give names like store.example or *.store.example,"
                        + " without scheme, port and path");
            }
        }
        String ownHost = baseUrl.getHost();
        return patterns.isEmpty()
                ? new BlobHosts(List.of(ownHost, VENDORS_STORAGE), Loopback.is(ownHost), allowInsecureHttp)
                : new BlobHosts(patterns, false, allowInsecureHttp);
    }

    /**
     * Checks that documents may be sent to a blob store.
     *
     * @param store a URL with a host, http or https
     * @throws IllegalArgumentException if no document may be sent there
     */
    void check(URI store) {
        String host = store.getHost();
        boolean https = "https".equalsIgnoreCase(store.getScheme());
        if (!https && !allowInsecureHttp && !Loopback.is(host)) {
            throw new IllegalArgumentException("BlobURI is plain http to another machine (" + host
                    + "), which would send a patient's document unencrypted; allowInsecureHttp=true accepts that");
        }
        if (!isAllowed(host)) {
            throw new IllegalArgumentException("BlobURI is on the host " + host
                    + ", to which no document may be sent; if it is right, name it in blobHosts, which now is "
                    + patterns);
        }
    }

    /**
     * Returns whether a host matches a pattern. A host that may be this machine must be named; an asterisk does not
     * match it.
     */
    private boolean isAllowed(String host) {
        if (Loopback.mayBe(host)) {
            return allowLoopback && Loopback.is(host) || patterns.stream().anyMatch(host::equalsIgnoreCase);
        }
        return patterns.stream().anyMatch(pattern -> matches(pattern, host));
    }

    private static boolean matches(String pattern, String host) {
        return pattern.equals(ANY)
                || pattern.equalsIgnoreCase(host)
                || pattern.startsWith("*.")
                        && host.toLowerCase(Locale.ROOT)
                                .endsWith(pattern.substring(1).toLowerCase(Locale.ROOT));
    }
}
