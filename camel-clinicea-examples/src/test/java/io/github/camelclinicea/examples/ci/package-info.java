/** Tests the scripts in {@code .ci} and the files in {@code .github}: what they name exists, and what they say agrees. */
package io.github.camelclinicea.examples.ci;
