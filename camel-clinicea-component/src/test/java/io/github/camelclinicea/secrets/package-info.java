/** Tests that secrets and patients' data appear only in the body of a message. */
package io.github.camelclinicea.secrets;
