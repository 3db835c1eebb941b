/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.EndpointOptions.require;

import io.github.camelclinicea.catalog.Suggestion;
import io.github.camelclinicea.client.RequestSettings;
import io.github.camelclinicea.client.blob.BlobHosts;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.Loopback;
import io.github.camelclinicea.client.http.SafeUrl;
import io.github.camelclinicea.event.LogText;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Checks the options about the server and its clinic, and converts them to the types of the client. Each method throws an
 * {@link IllegalArgumentException} that names the wrong option.
 *
 * <p>Specified by {@code BadOptionsTest}.
 */
final class ConnectionOptions {
    /** The length of the longest array of bytes. */
    private static final int LARGEST_RESPONSE = Integer.MAX_VALUE - 8;

    private static final int MAX_NEAR_IDS = 5;
    private static final long LARGEST_BUDGET = 1_000_000_000;

    /** A name, an IPv4 address, or an IPv6 address with or without its brackets. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private final CliniceaConfiguration options;

    ConnectionOptions(CliniceaConfiguration options) {
        this.options = options;
    }

    /** Returns how to connect to the server. */
    ConnectionSettings connection() {
        require(
                (options.getProxyHost() == null) == (options.getProxyPort() == null),
                "proxyHost and proxyPort belong together; one of them is missing");
        require(
                options.getProxyHost() == null
                        || HOST.matcher(options.getProxyHost()).matches(),
                "proxyHost must be the name or address of a host alone, like proxy.example; its "
                        + "port goes into proxyPort");
        require(
                options.getProxyPort() == null || SafeUrl.isPort(options.getProxyPort()),
                "proxyPort must be from 1 to 65535, not " + options.getProxyPort());
        require(
                options.getHttpComponent() == null
                        || options.getSslContextParameters() == null && options.getProxyHost() == null,
                "sslContextParameters and proxyHost have no effect on a httpComponent of your "
                        + "own; configure them there");
        require(
                options.getMaxResponseSize() > 0 && options.getMaxResponseSize() <= LARGEST_RESPONSE,
                "maxResponseSize must be from 1 to " + LARGEST_RESPONSE);
        require(
                options.getMaxRowSize() > 0,
                "maxRowSize must be positive, not " + options.getMaxRowSize() + "; it is the largest row in bytes");
        duration("uploadTimeout", options.getUploadTimeout());
        return new ConnectionSettings(
                baseUrl(),
                duration("connectTimeout", options.getConnectTimeout()),
                duration("responseTimeout", options.getResponseTimeout()),
                duration("requestTimeout", options.getRequestTimeout()),
                options.getMaxResponseSize(),
                options.getHttpComponent(),
                options.getSslContextParameters(),
                options.getProxyHost(),
                options.getProxyPort());
    }

    /** Returns the settings of the requests. */
    RequestSettings requests() {
        require(options.getMaxRetries() >= 0, "maxRetries must be 0 or more, not " + options.getMaxRetries());
        require(options.getMaxRetryWait() >= 0, "maxRetryWait must not be negative");
        double perSecond = Objects.requireNonNullElse(options.getRequestsPerSecond(), 0.0);
        require(
                perSecond == 0 || perSecond >= 0.001 && perSecond <= 1_000_000,
                "requestsPerSecond must be from 0.001 to 1000000, or 0 for no limit, not " + perSecond);
        return new RequestSettings(
                options.getMaxRetries(),
                Duration.ofMillis(options.getMaxRetryWait()),
                perSecond,
                options.isServerMessageInException());
    }

    /** Returns the number of requests of a budget; 0 for none. */
    static long budget(String option, long requests) {
        require(
                requests >= 0 && requests <= LARGEST_BUDGET,
                option + " must be from 1 to " + LARGEST_BUDGET + ", or 0 for no budget, not " + requests);
        return requests;
    }

    /** Returns the hosts that may receive the content of a document. */
    BlobHosts blobHosts() {
        return BlobHosts.of(baseUrl(), EndpointOptions.list(options.getBlobHosts()), options.isAllowInsecureHttp());
    }

    /** Returns what converts the clinic's times; null if its zone is not known. */
    CliniceaTimes clinicTimes() {
        if (!EndpointOptions.present(options.getClinicZone())) {
            return null;
        }
        // Camel decodes the plus of an offset in a URI to a blank.
        String id = options.getClinicZone().replaceFirst("^ (?=\\d)", "+").trim();
        try {
            return new CliniceaTimes(id);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "clinicZone=" + LogText.of(id) + " is not the id of a time zone. "
                            + similarZones(id, ZoneId.getAvailableZoneIds())
                            + "Give an id like Asia/Dubai",
                    e);
        }
    }

    /**
     * Returns sentences with the ids of time zones that are like a wrong one; empty if there are none.
     *
     * @param id the wrong id
     * @param known the ids of all time zones
     */
    static String similarZones(String id, Collection<String> known) {
        return Suggestion.of(id, known) + nearIds(id, known);
    }

    /** Returns a sentence with the ids whose last part, the city, is like the given one; empty if there are none. */
    private static String nearIds(String id, Collection<String> known) {
        String city = lastPart(id);
        List<String> near = known.stream()
                .filter(zone -> city.length() > 2 && lastPart(zone).contains(city))
                .sorted()
                .limit(MAX_NEAR_IDS)
                .toList();
        return near.isEmpty() ? "" : "Ids with that name are " + String.join(", ", near) + ". ";
    }

    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf('/') + 1).replace(' ', '_').toLowerCase(Locale.ROOT);
    }

    private URI baseUrl() {
        URI url;
        try {
            url = SafeUrl.check("baseUrl", options.getBaseUrl());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage()
                    + "; give one like https://api.clinicea.com, and credentials by apiKey, or username and password");
        }
        require(
                "https".equalsIgnoreCase(url.getScheme())
                        || options.isAllowInsecureHttp()
                        || Loopback.is(url.getHost()),
                "baseUrl is plain http to another machine (" + url.getHost()
                        + "), which would send the credentials and patients' data unencrypted; use https, or set"
                        + " allowInsecureHttp=true if you accept that");
        // Paths begin with a slash. Endpoints also share the connections of a server only if its URL is written the
        // same.
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private static Duration duration(String name, long millis) {
        require(millis > 0, name + " must be longer than 0 ms, not " + millis);
        return Duration.ofMillis(millis);
    }
}
