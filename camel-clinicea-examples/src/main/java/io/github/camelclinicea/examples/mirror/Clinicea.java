/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Stands for the mirrored side: an invented clinic or a real account. */
interface Clinicea extends AutoCloseable {
    String baseUrl();

    String apiKey();

    /**
     * Returns all current records by their ids.
     *
     * @param what the resource
     * @param camel sends requests, if any are needed
     */
    Map<String, JsonNode> records(Mirrored what, CamelContext camel) throws Exception;

    /**
     * Changes records, if this side can be changed.
     *
     * @param count the number of records of each resource to add, to change and to delete
     * @return the number of all changes
     */
    int change(int count);

    @Override
    void close();

    /** Returns the side that the options name. */
    static Clinicea of(MirrorOptions options) {
        return options.sandbox() ? new SandboxClinic(options) : new RealAccount(options.baseUrl(), options.apiKey());
    }
}
