/** Shows operators what the component does: in Camel's health checks and traces, and in its developer console. */
package io.github.camelclinicea.observe;
