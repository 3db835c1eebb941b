/**
 * Performs one operation for each message: finds it in the catalogue, sends its requests, and puts the result on the
 * message.
 */
package io.github.camelclinicea.producer;
