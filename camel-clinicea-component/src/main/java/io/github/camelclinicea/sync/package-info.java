/**
 * Reads the change list, decides which rows are due and moves the checkpoint (docs/design/sync.md).
 *
 * <p>It is plain Java over four interfaces: a {@link io.github.camelclinicea.sync.PageSource} that knows the wire, a
 * {@link io.github.camelclinicea.sync.RowSink} that knows the route, Camel's {@code IdempotentRepository} that
 * remembers, and a clock. {@link io.github.camelclinicea.sync.ChangeSync} is the way in.
 */
package io.github.camelclinicea.sync;
