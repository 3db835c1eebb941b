/**
 * Shows operators what the component does: meters for the Micrometer registries in Camel's registry, health checks of
 * producers, the developer console, and the names and attributes of spans. Only the classes of the meters need
 * Micrometer, and only the span decorator needs {@code camel-telemetry}.
 */
package io.github.camelclinicea.observe;
