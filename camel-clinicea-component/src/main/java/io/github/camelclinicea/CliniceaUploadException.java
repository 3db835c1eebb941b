/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * An upload broke off after the document was registered: Clinicea lists a document whose content is missing, or may be. The
 * component does not delete it by itself, since the content may have arrived; the message says how to.
 */
public class CliniceaUploadException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    private final String documentId;

    /**
     * @param message what failed, what was left behind and how to delete it
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param documentId the id of the document that was left behind, or null if Clinicea did not say it
     * @param status the HTTP status of the blob store, or 0 if no answer came
     * @param maybeDone whether the content may be in the store all the same
     * @param cause what lies behind it, or null
     */
    public CliniceaUploadException(
            String message,
            String resource,
            String operation,
            String documentId,
            int status,
            boolean maybeDone,
            Throwable cause) {
        super(message, resource, operation, status, false, maybeDone, cause);
        this.documentId = documentId;
    }

    /** @return the id of the document that was left behind, or null if Clinicea did not say it */
    public String getDocumentId() {
        return documentId;
    }
}
