/**
 * Tests of docs/design/sync.md, section 3a through the real component: a route, a server on loopback that plays a
 * change list, a repository that outlives the route. They know of the engine only what a user sees.
 */
package io.github.camelclinicea.evidence;
