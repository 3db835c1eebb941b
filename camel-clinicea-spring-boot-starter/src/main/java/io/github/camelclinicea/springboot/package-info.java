/** Gives a Spring Boot application the component's options as properties. */
package io.github.camelclinicea.springboot;
