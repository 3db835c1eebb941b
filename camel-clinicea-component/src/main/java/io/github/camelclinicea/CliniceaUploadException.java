/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

/**
 * Reports that an upload failed after the document was registered. Clinicea then lists a document whose content is
 * missing, or may be missing. The component does not delete that document, because its content may have arrived. The
 * message says how to delete it.
 *
 * <p>Specified by {@code UploadTest}.
 */
public class CliniceaUploadException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    /** The id of the document that remains. */
    private final String documentId;

    /**
     * Creates an exception.
     *
     * @param message what failed, which document remains and how to delete it; free of secrets
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param documentId the id of the document that remains, or null if Clinicea did not return it
     * @param status the HTTP status of the blob store, or 0 if there was no response
     * @param maybeDone whether the content may be in the store
     * @param cause the cause, or null; free of secrets and row content
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

    /** {@return the id of the document that remains, or null if Clinicea did not return it} */
    public String getDocumentId() {
        return documentId;
    }
}
