/* SPDX-License-Identifier: Apache-2.0 */
/** Repositories for the state of a sync that do more than Camel's {@code IdempotentRepository} can. */
package io.github.camelclinicea.state;
