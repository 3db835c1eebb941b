/** Gives a Spring Boot application the component's options as properties, and meters. */
package io.github.camelclinicea.springboot;
