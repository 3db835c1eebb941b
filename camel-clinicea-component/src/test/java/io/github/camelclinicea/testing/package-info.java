/**
 * Servers and fixtures that several test packages share. Which one to take:
 *
 * <ul>
 * <li>{@code StubClinicea}: WireMock with Clinicea's paths, for responses that are written out in the test.
 * <li>{@code RawServer}: a socket that sends given bytes, for responses that no HTTP server would send.
 * <li>{@code KeepAliveServer}: as {@code RawServer}, with several responses on one connection.
 * <li>{@code ChangeListServer}: a change list of {@code ListedRow}s with pages, whose next {@code Answer} can be
 *     replaced.
 * <li>{@code TestRow}: a row that no server sent.
 * <li>{@code EchoClinic}: patients that several users write to, with hooks before and after each request.
 * <li>{@code LimitedClinic}: refuses requests over a rate, and records when each came.
 * <li>{@code HttpClinic}: a clinic that changes while child processes poll it and are killed.
 * <li>{@code WatchedClinic}: records which credentials a request shows, and looks for them elsewhere.
 * <li>{@code WaitingRoom}: responds when the test allows it.
 * <li>{@code HostileResponseServer}: one of 36 kinds of bad responses for each request.
 * <li>{@code Clients}: a client or a transport that shares nothing with others.
 * <li>{@code BlobHost}: a blob store. {@code TlsServer} with {@code Certificates}: HTTPS. {@code ProxyServer}: an HTTP
 *     proxy.
 * <li>{@code TcpRelay}: stands between client and server, and cuts connections. {@code ClosedPort}: refuses
 *     connections.
 * <li>{@code ConsumerHealth}: the health checks of consumers, as a platform reads them.
 * <li>{@code Postgres}: one real PostgreSQL for all classes of a JVM. {@code Warnings}: what was logged.
 * <li>{@code BetweenPolls}: the end of a test, without a second's wait for a poll. {@code ShortWaits}: is there by itself.
 * </ul>
 */
package io.github.camelclinicea.testing;
