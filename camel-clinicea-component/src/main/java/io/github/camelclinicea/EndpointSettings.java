/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.RequestSettings;
import io.github.camelclinicea.client.blob.BlobHosts;
import io.github.camelclinicea.client.http.ConnectionSettings;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.sync.SyncSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Holds the options of an endpoint after they were checked, in the types of the packages below. It contains no
 * credentials.
 *
 * <p>Specified by {@code BadOptionsTest}.
 *
 * @param connection how to connect to the server
 * @param requests the retries and the rate
 * @param requestsPerDay the budget of a day; 0 for none
 * @param requestsPerMonth the budget of a month; 0 for none
 * @param clinicTimes converts the clinic's times; null if its zone is not known
 * @param blobHosts the hosts that may receive the content of a document
 * @param resource the resource
 * @param changes the resource's change list with the user's corrections, or null if none is known
 * @param parameters the additional query parameters of the change list
 * @param ignoredFields the fields whose values do not count as a change
 * @param sync the settings of the sync, or null if no change list is known
 * @param syncFrom the start of the first sync, or null for now
 * @param statuses the statuses to deliver, in lower case; empty for all
 * @param healthCheckStaleAfter the time without progress after which the health check is DOWN; zero disables the
 *     check
 * @param healthCheckHeldAfter the time for which a row may be held; zero disables the check
 */
record EndpointSettings(
        ConnectionSettings connection,
        RequestSettings requests,
        long requestsPerDay,
        long requestsPerMonth,
        CliniceaTimes clinicTimes,
        BlobHosts blobHosts,
        Resource resource,
        ChangeList changes,
        List<Parameter> parameters,
        Set<String> ignoredFields,
        SyncSettings sync,
        Instant syncFrom,
        Set<String> statuses,
        Duration healthCheckStaleAfter,
        Duration healthCheckHeldAfter) {

    /**
     * Checks the options of an endpoint.
     *
     * @param configuration the options
     * @param catalogue the catalogue that they select
     * @throws IllegalArgumentException if an option is wrong or missing; the message names it
     */
    static EndpointSettings of(CliniceaConfiguration configuration, Catalogue catalogue) {
        EndpointOptions options = new EndpointOptions(configuration);
        options.checkCredentials();
        options.checkState();
        ConnectionOptions server = new ConnectionOptions(configuration);
        ConnectionSettings connection = server.connection();
        RequestSettings requests = server.requests();
        BlobHosts blobHosts = server.blobHosts();
        WireOptions wire = new WireOptions(configuration, catalogue);
        Resource resource = wire.resource();
        ChangeList changes = wire.changes(resource);
        wire.checkPages();
        wire.checkKeyParameter(resource, changes);
        options.checkEcho(changes);
        return new EndpointSettings(
                connection,
                requests,
                ConnectionOptions.budget("requestsPerDay", configuration.getRequestsPerDay()),
                ConnectionOptions.budget("requestsPerMonth", configuration.getRequestsPerMonth()),
                server.clinicTimes(),
                blobHosts,
                resource,
                changes,
                wire.parameters(),
                wire.ignoredFields(changes),
                changes == null ? null : options.sync(changes),
                options.syncFrom(),
                options.statuses(),
                options.healthCheckStaleAfter(),
                options.healthCheckHeldAfter());
    }
}
