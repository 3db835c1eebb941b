/**
 * The events that the component sends to the event notifiers of the Camel context: one for each poll and each write.
 */
package io.github.camelclinicea.event;
