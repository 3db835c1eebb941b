/* SPDX-License-Identifier: Apache-2.0 */
/** Reminds patients of their appointments by mail and WhatsApp, once per appointment, start and kind. */
package io.github.camelclinicea.examples.reminders;
