package io.github.camelclinicea;

/**
 * A create was sent and its answer never came: the record may exist or not. The component never sends it again. Look the
 * record up before you do.
 */
public class CliniceaOutcomeUnknownException extends CliniceaException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed and what to do
     * @param resource the resource, as in the endpoint URI
     * @param operation the operation
     * @param status the HTTP status of a gateway that answered in the server's place, or 0
     * @param cause what lies behind it, or null
     */
    public CliniceaOutcomeUnknownException(
            String message, String resource, String operation, int status, Throwable cause) {
        super(message, resource, operation, status, false, cause);
    }
}
