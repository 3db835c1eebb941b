/**
 * Shows operators what the component does: meters for the Micrometer registries in Camel's registry. The
 * component itself uses only the two classes that need no Micrometer on the class path.
 */
package io.github.camelclinicea.observe;
