/**
 * Tests docs/design/sync.md, section 3a with the real component: a route, a server on loopback with a change list, and
 * a repository that outlives the route. The tests use only what a user can see of the engine.
 */
package io.github.camelclinicea.evidence;
