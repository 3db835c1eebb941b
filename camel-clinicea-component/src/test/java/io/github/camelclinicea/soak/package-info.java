/** Tests the resources that a process keeps after many bad responses. */
package io.github.camelclinicea.soak;
