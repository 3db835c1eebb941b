/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.mirror;

import io.github.camelclinicea.CliniceaComponent;
import io.github.camelclinicea.cli.Account;
import io.github.camelclinicea.cli.Output;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Checks the options of a mirror and prints what it would read and write. It sends no request and opens no database.
 *
 * <p>Specified by {@code MirrorCommandTest}.
 *
 * @param address where the database is
 * @param settings what would be mirrored
 */
record DryRun(DatabaseAddress address, MirrorSettings settings) {
    /** Stands for the account of a sandbox that is not started. */
    private static final Account OF_THE_SANDBOX = new Account("http://localhost", "sandbox", null, null);

    /**
     * Checks the options of the endpoints.
     *
     * @param account the account; null for the sandbox
     * @throws WrongOptionException if Camel refuses one
     */
    void check(Account account) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            CliniceaComponent clinicea = new CliniceaComponent();
            (account == null ? OF_THE_SANDBOX : account).addTo(clinicea.getConfiguration());
            camel.addComponent("clinicea", clinicea);
            camel.start();
            settings.lists().forEach(list -> camel.getEndpoint(uri(list)));
        } catch (RuntimeException e) {
            throw StartFailure.of(e);
        }
    }

    private String uri(Mirrored list) {
        return settings.options().uri(list.resource());
    }

    /**
     * Prints what would be read and written.
     *
     * @param account the account; null for the sandbox
     * @param out where to print
     */
    void print(Account account, Output out) {
        out.println("Clinicea: " + (account == null ? "the sandbox" : account.baseUrl()));
        out.println("Database: " + new MirrorSummary(address, settings).database());
        for (Mirrored list : settings.lists()) {
            String target = list.equals(Mirrored.DELETED_BILLS)
                    ? " and removed from " + settings.table(Mirrored.BILLS)
                    : " into " + settings.table(list);
            out.println("%-16s would be read by %s%s".formatted(list.resource(), uri(list), target));
        }
        out.println("Nothing was read or written.");
    }
}
