/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.camel.CamelContext;

/** The side that is mirrored: an invented clinic or a real account. */
interface Clinicea extends AutoCloseable {
    String baseUrl();

    String apiKey();

    /**
     * @param what the resource
     * @param camel makes calls, where they are needed
     * @return all records that are there now, by their ids
     */
    Map<String, JsonNode> records(Mirrored what, CamelContext camel) throws Exception;

    /**
     * Makes something happen, where that can be done.
     *
     * @param count how many records of each resource to add, how many to change, and how many to delete
     * @return how many changes were made in all
     */
    int change(int count);

    @Override
    void close();

    /** @return what the options ask for */
    static Clinicea of(MirrorOptions options) {
        return options.sandbox() ? new SandboxClinic(options) : new RealAccount(options.baseUrl(), options.apiKey());
    }
}
