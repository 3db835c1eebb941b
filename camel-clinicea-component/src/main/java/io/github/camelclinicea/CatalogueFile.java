/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.client.json.JsonDefect;
import io.github.camelclinicea.event.LogText;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads the file of the option {@code catalogue}.
 *
 * <p>Specified by {@code CatalogueOptionTest}.
 */
final class CatalogueFile {
    private static final int MAX_BYTES = 1024 * 1024;

    /** How long a web server may take to accept the connection, and to send each part of the file. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private CatalogueFile() {}

    /**
     * Returns the shipped catalogue with the corrections of a file.
     *
     * @param context resolves the URI
     * @param uri the resource URI of the file
     * @throws IllegalArgumentException if the file cannot be read or is wrong; the message names the option, and the
     *     line if there is one, but does not quote a file that is no catalogue
     */
    static Catalogue read(CamelContext context, String uri) {
        return read(context, uri, TIMEOUT);
    }

    /** @param timeout the longest wait for a web server */
    static Catalogue read(CamelContext context, String uri, Duration timeout) {
        String option = "catalogue=" + LogText.of(withoutSecrets(uri));
        byte[] file = bytes(context, uri, option, timeout);
        try {
            return Catalogue.shipped().correctedBy(new ByteArrayInputStream(file));
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw new IllegalArgumentException(option + " "
                    + (cause instanceof JsonProcessingException || cause instanceof CharConversionException
                            ? JsonDefect.of(cause)
                            : "cannot be read")
                    + "; give a JSON file as docs/reference/catalogue.md shows it");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ", " + e.getMessage());
        }
    }

    private static byte[] bytes(CamelContext context, String uri, String option, Duration timeout) {
        byte[] file;
        try (InputStream in = open(context, uri, timeout)) {
            file = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException | RuntimeException e) {
            // Not the cause of the new exception: its message may quote the whole URI.
            throw new IllegalArgumentException(
                    option + " cannot be read: check that the file exists, and give a resource URI like"
                            + " classpath:clinicea.json or file:conf/clinicea.json");
        }
        EndpointOptions.require(
                file.length <= MAX_BYTES,
                option + " is larger than " + MAX_BYTES + " bytes, so it is no catalogue file");
        return file;
    }

    /** Camel would wait for a web server without a limit. */
    private static InputStream open(CamelContext context, String uri, Duration timeout) throws IOException {
        if (!uri.startsWith("http:") && !uri.startsWith("https:")) {
            return ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri);
        }
        URLConnection connection = URI.create(uri).toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        return connection.getInputStream();
    }

    /** Removes what may be a credential in a URL: a user's name and password, and the query. */
    private static String withoutSecrets(String uri) {
        return uri.replaceFirst("//.*@", "//").replaceFirst("\\?.*", "");
    }
}
