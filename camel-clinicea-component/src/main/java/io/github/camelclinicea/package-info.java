/**
 * What Camel sees of Clinicea: component, endpoint, options, headers and the exceptions a route may handle. Thin; the work
 * is done in the packages below.
 */
package io.github.camelclinicea;
