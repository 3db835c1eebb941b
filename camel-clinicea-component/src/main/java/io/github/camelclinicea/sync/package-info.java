/**
 * The sync contract: what is read in which order, what is delivered, and when the checkpoint may move.
 *
 * <p>Plain Java over four seams: a {@link io.github.camelclinicea.sync.PageSource} that knows the wire, a
 * {@link io.github.camelclinicea.sync.RowSink} that knows the route, Camel's {@code IdempotentRepository} that remembers,
 * and a clock. {@link io.github.camelclinicea.sync.ChangeSync} is the way in.
 */
package io.github.camelclinicea.sync;
