/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.client5.http.impl.io.LenientHttpResponseParser;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Creates connections with a limit for everything in a response except its body: the status line, each header line,
 * each chunk's line, and the number of headers and trailers. The HTTP client itself has no limit for them. Also knows
 * which of its connections hold bytes that belong to no response.
 *
 * <p>Specified by {@code HostileHeadTest} and {@code CamelHttpTransportTest}.
 */
final class BoundedConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {
    /** In bytes. Servers and proxies commonly allow 8 to 32 KiB for all headers together. */
    static final int MAX_LINE_LENGTH = 64 * 1024;

    static final int MAX_HEADERS = 200;

    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(MAX_LINE_LENGTH)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();

    private final Map<HttpClientConnection, ResponseHeads> heads = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
        ResponseHeads parser = new ResponseHeads(new LenientHttpResponseParser(BOUNDS));
        ManagedHttpClientConnection connection = ManagedHttpClientConnectionFactory.builder()
                .http1Config(BOUNDS)
                .responseParserFactory(config -> parser)
                .build()
                .createConnection(socket);
        heads.put(connection, parser);
        return connection;
    }

    /**
     * Returns whether more bytes were read from a connection than its last response had. Returns false for a connection
     * that was created elsewhere, because this is not known there.
     */
    boolean hasBytesLeft(HttpClientConnection connection) {
        ResponseHeads parser = heads.get(connection);
        return parser != null && parser.hasBytesLeft();
    }

    /** Parses the heads of one connection's responses, and keeps the buffer that heads and bodies are read from. */
    private static final class ResponseHeads implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser;
        private SessionInputBuffer buffer;

        ResponseHeads(HttpMessageParser<ClassicHttpResponse> parser) {
            this.parser = parser;
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer from, InputStream socket)
                throws IOException, HttpException {
            buffer = from;
            return parser.parse(from, socket);
        }

        boolean hasBytesLeft() {
            return buffer != null && buffer.length() > 0;
        }
    }
}
