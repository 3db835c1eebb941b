/**
 * An invented Clinicea to develop and test against, because the live service needs a contract. It runs in memory, in
 * the same process, on a loopback port. It is stricter than the live service, so that a wrong parameter shows during
 * development. {@link io.github.camelclinicea.sandbox.CliniceaSandbox} starts and stops it.
 * {@link io.github.camelclinicea.sandbox.Clinic} is its state, which a test may change.
 *
 * <p>It serves the operations of the component's catalogue. Where the wire contract is silent, the sandbox does
 * something plausible. Its behaviour is no evidence of what the live service does.
 */
package io.github.camelclinicea.sandbox;
