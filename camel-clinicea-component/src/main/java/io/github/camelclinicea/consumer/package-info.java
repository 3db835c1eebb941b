/** The consumer: Camel's scheduler starts its polls, and each due row of the change list becomes one exchange. */
package io.github.camelclinicea.consumer;
