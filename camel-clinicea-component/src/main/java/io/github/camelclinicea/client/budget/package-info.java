/**
 * Keeps the requests of a day and of a month within a budget: counts those of all endpoints with one credential, keeps
 * the count in the repository, and says how far polls must be spread.
 */
package io.github.camelclinicea.client.budget;
