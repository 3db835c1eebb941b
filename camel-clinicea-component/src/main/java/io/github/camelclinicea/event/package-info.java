/** Reports what the component did, to listeners of the Camel context: each write, each poll that ended, each failure. */
package io.github.camelclinicea.event;
