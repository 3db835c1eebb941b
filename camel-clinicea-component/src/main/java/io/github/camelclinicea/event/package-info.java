/**
 * The events that the component sends to the event notifiers of the Camel context: one for each poll, each write and
 * each operation of an operator.
 */
package io.github.camelclinicea.event;
