/** Rows, their versions and their pages, and the rules of paging. Uses no other package of the component. */
package io.github.camelclinicea.row;
