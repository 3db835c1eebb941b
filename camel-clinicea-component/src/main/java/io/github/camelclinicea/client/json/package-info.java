/** Reads JSON: pages into rows with their versions and bodies, and objects of other libraries into trees. */
package io.github.camelclinicea.client.json;
