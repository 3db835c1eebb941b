/* SPDX-License-Identifier: Apache-2.0 */
/** Tests the reminders against the sandbox, PostgreSQL, a mail server and a stub of WhatsApp. */
package io.github.camelclinicea.examples.reminders;
