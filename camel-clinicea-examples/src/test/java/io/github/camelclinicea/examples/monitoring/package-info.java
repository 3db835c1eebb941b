/** Tests the dashboard and the alert rules of docs/monitoring with the meters of a running application. */
package io.github.camelclinicea.examples.monitoring;
