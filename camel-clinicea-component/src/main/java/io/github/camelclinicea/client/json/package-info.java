/** Reads pages of JSON into rows with their versions and bodies, and the JSON objects of other libraries into trees. */
package io.github.camelclinicea.client.json;
