/** The polling consumer: Camel's scheduler on one side, the sync contract on the other; one exchange for each row due. */
package io.github.camelclinicea.consumer;
