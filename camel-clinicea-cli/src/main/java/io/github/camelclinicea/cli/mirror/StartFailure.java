/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.cli.CommandFailedException;
import io.github.camelclinicea.sync.ForeignStateException;
import java.sql.SQLException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;

/**
 * Says in one line why the routes could not start.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 */
final class StartFailure {
    private StartFailure() {}

    /** Returns the failure to throw. */
    static RuntimeException of(RuntimeException failure) {
        Throwable root = failure;
        boolean endpoint = false;
        // An IllegalArgumentException is the component's own, and names the option.
        while (root.getCause() != null && !(root instanceof IllegalArgumentException)) {
            endpoint |= root instanceof ResolveEndpointFailedException;
            if (root instanceof PropertyBindingException option) {
                return new WrongOptionException("--option " + option.getPropertyName() + " has a wrong value");
            }
            root = root.getCause();
        }
        if (root instanceof ForeignStateException foreign) {
            String list = foreign.getSyncId();
            return new CommandFailedException("The mirror cannot start: the database has the state of another list of "
                    + list + ", with another server or path. To read it again into an empty table, add --reset="
                    + list + ". For another account, name another --file or --jdbc-url");
        }
        if (endpoint || root instanceof ResolveEndpointFailedException) {
            return new WrongOptionException("Wrong option: " + firstLine(root));
        }
        if (root instanceof SQLException) {
            return new CommandFailedException("The database cannot be used: " + firstLine(root));
        }
        return new CommandFailedException("The mirror cannot start: " + firstLine(root), failure);
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
