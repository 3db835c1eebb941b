/** Proof that no secret and nothing of a patient's data comes to light anywhere but in a message's body. */
package io.github.camelclinicea.secrets;
