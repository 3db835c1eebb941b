/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The data types of the component: a record, or the records of a batch, as JSON and as CloudEvents. Camel loads their
 * transformers when a route names them.
 */
package io.github.camelclinicea.transform;
