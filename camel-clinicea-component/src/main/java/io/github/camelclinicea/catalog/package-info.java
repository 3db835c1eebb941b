/**
 * The catalogue of Clinicea's resources and operations. It is one file, {@code catalogue.json}, and each row has the
 * grade of its evidence. A new resource is a new row, not a class. This package uses no network and no Camel.
 */
package io.github.camelclinicea.catalog;
