/* SPDX-License-Identifier: Apache-2.0 */
package fresh;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.event.CliniceaPollEvent;
import io.github.camelclinicea.sandbox.CliniceaSandbox;
import io.github.camelclinicea.state.BulkIdempotentRepository;

/** Uses a class of each package that is API. */
public final class Fresh {
    private Fresh() {}

    public static void main(String[] args) {
        System.out.println(Catalogue.shipped().names());
        System.out.println(CliniceaConstants.class + " " + CliniceaException.class + " " + CliniceaPollEvent.class + " "
                + BulkIdempotentRepository.class + " " + CliniceaSandbox.class);
    }
}
