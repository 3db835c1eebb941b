/** What a Spring Boot application gets from the starter: the component's options as properties, and meters. */
package io.github.camelclinicea.springboot;
