/* SPDX-License-Identifier: Apache-2.0 */
/** Takes Clinicea's webhooks as hints to poll. */
package io.github.camelclinicea.examples.webhook;
