/**
 * The API of the component: component, endpoint, options, headers, and the exceptions that a route may handle. The
 * packages below do the work.
 */
package io.github.camelclinicea;
