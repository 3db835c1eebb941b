/** Publishes a clinic to compacted topics of Kafka, where the last value of each key is the clinic's row. */
package io.github.camelclinicea.examples.kafka;
