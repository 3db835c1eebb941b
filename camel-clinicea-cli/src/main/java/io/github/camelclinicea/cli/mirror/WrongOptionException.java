/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

/**
 * Reports that Camel refuses an option of an endpoint. Its message names the option.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class WrongOptionException extends RuntimeException {
    WrongOptionException(String message) {
        super(message);
    }
}
