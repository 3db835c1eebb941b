/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.update;

import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.producer.message.ClinicMoments;
import java.util.function.Function;

/**
 * Holds the settings for reading the record of an update.
 *
 * @param resource the resource of the record
 * @param changes the resource's change list, which names the fields of id and stamp; null if none is known
 * @param path the path that replaces the catalogue's, or null
 * @param paging returns how the pages of a look-up are requested
 * @param firstPage the number of a list's first page, or null for the catalogue's
 * @param maxPages the maximum of pages of a list
 * @param maxRowSize the maximum size of a row of a list, in bytes
 * @param moments converts the times of a record that an update sends back
 */
public record ReadSettings(
        Resource resource,
        ChangeList changes,
        String path,
        Function<Operation, Paging> paging,
        Integer firstPage,
        int maxPages,
        int maxRowSize,
        ClinicMoments moments) {}
