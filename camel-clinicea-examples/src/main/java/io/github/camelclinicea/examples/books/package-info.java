/* SPDX-License-Identifier: Apache-2.0 */
/** Posts the bills and payments of a clinic to a ledger, and sends its vouchers to an accounting system. */
package io.github.camelclinicea.examples.books;
