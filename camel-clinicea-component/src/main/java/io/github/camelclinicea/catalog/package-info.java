/**
 * What is known of Clinicea's resources and operations, as data: one file, {@code catalogue.json}, each row with the
 * grade of its evidence. No network and no Camel here; a new resource is a row in the file, not a class.
 */
package io.github.camelclinicea.catalog;
