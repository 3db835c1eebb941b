/**
 * A Clinicea to develop and test against, since nobody can reach the live one without a contract: an invented clinic in
 * memory, served in-process on a loopback port by the wire contract and more strictly than any real server, so that a
 * wrong parameter shows at a developer's desk. {@link io.github.camelclinicea.sandbox.CliniceaSandbox} is the way in;
 * {@link io.github.camelclinicea.sandbox.Clinic} is the state behind it, which a test changes at will.
 *
 * <p>What it serves is read from the component's catalogue. Where the wire contract knows nothing, the sandbox does
 * something plausible; it is no evidence of what the live service does.
 */
package io.github.camelclinicea.sandbox;
