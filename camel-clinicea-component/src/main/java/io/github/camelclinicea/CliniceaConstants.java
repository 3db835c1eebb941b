/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import org.apache.camel.spi.Metadata;

/** Names the headers of messages from and to Clinicea. */
public final class CliniceaConstants {
    /** The status of the row, as sent. */
    @Metadata(
            label = "consumer",
            description = "The row's status as sent: None, Added, Modified or Deleted. An unknown "
                    + "status is passed on as it is.",
            javaType = "String",
            enums = "None,Added,Modified,Deleted")
    public static final String DATA_STATUS = "CamelCliniceaDataStatus";

    /** The resource of the row. */
    @Metadata(label = "consumer", description = "The resource, as in the endpoint URI.", javaType = "String")
    public static final String RESOURCE = "CamelCliniceaResource";

    /** The id of the record. */
    @Metadata(
            description = "Consumer: the row's id. Producer: the id of the record to get, update or delete, and after a"
                    + " create the id of the new record.",
            javaType = "String")
    public static final String RECORD_ID = "CamelCliniceaRecordId";

    /** The last-change stamp of the row, as sent. */
    @Metadata(
            label = "consumer",
            description = "The row's last-change stamp, as sent. Its time zone is unknown.",
            javaType = "String")
    public static final String MODIFIED = "CamelCliniceaModified";

    /** The moment of the last-change stamp, with {@code clinicZone}. */
    @Metadata(
            label = "consumer",
            description =
                    "With clinicZone, the moment of the row's last-change stamp. A stamp without an offset is "
                            + "taken for the local time of the clinic. Absent with batching, and for a stamp that is not a time.",
            javaType = "java.time.Instant")
    public static final String MODIFIED_INSTANT = "CamelCliniceaModifiedInstant";

    /** The ids of the rows of a batch. */
    @Metadata(
            label = "consumer",
            description = "With batching, the ids of the rows in the order of the body, in place of the single id.",
            javaType = "java.util.List<String>")
    public static final String RECORD_IDS = "CamelCliniceaRecordIds";

    /** The last-change stamps of the rows of a batch, as sent. */
    @Metadata(
            label = "consumer",
            description = "With batching, the last-change stamps of the rows in the order of the body, in place of the"
                    + " single stamp.",
            javaType = "java.util.List<String>")
    public static final String MODIFIEDS = "CamelCliniceaModifieds";

    /** The id of the row's version. */
    @Metadata(
            label = "consumer",
            description = "An id of this version of the row, the same whenever the version is emitted. It is a hash"
                    + " of the row, so it can confirm a guess of the content of a short row.",
            javaType = "String")
    public static final String VERSION = "CamelCliniceaVersion";

    /** The ids of the versions of a batch's rows. */
    @Metadata(
            label = "consumer",
            description =
                    "With batching, the ids of the rows' versions in the order of the body, in place of the single"
                            + " one.",
            javaType = "java.util.List<String>")
    public static final String VERSIONS = "CamelCliniceaVersions";

    /** The list that the row comes from, as a URI. */
    @Metadata(
            label = "consumer",
            description =
                    "Where the row comes from, as a URI: the server, the resource, and the syncId if it is not the"
                            + " name of the resource.",
            javaType = "String")
    public static final String SOURCE = "CamelCliniceaSource";

    /** The checkpoint that the poll started from. */
    @Metadata(
            label = "consumer",
            description = "The checkpoint that the poll started from, in ISO 8601 and UTC.",
            javaType = "String")
    public static final String SYNC_TIMESTAMP = "CamelCliniceaSyncTimestamp";

    /** The number of the page that contained the row. */
    @Metadata(label = "consumer", description = "The number of the page that contained the row.", javaType = "Integer")
    public static final String PAGE = "CamelCliniceaPage";

    /** The number of times that this version was emitted. */
    @Metadata(
            label = "consumer",
            description = "The number of times that this process has emitted this version of the "
                    + "record, including this time.",
            javaType = "Integer")
    public static final String ATTEMPT = "CamelCliniceaAttempt";

    /** The operation to perform. */
    @Metadata(
            label = "producer",
            description = "The operation to perform, in place of the operation option.",
            javaType = "String")
    public static final String OPERATION = "CamelCliniceaOperation";

    /** The arguments of the operation. */
    @Metadata(
            label = "producer",
            description = "Arguments of the operation and additional query parameters, as a Map or as "
                    + "the JSON text of an object.",
            javaType = "java.util.Map<String, Object>")
    public static final String PARAMETERS = "CamelCliniceaParameters";

    /** The HTTP status of the response. */
    @Metadata(label = "producer", description = "The HTTP status of the response.", javaType = "Integer")
    public static final String RESPONSE_CODE = "CamelCliniceaResponseCode";

    /** Whether another user changed the record during a merged update. */
    @Metadata(
            label = "producer",
            description = "After an update with mergeOnUpdate: whether another user changed the record between the"
                    + " first read and the second, directly before the write.",
            javaType = "Boolean")
    public static final String CONFLICT = "CamelCliniceaConflict";

    private CliniceaConstants() {}
}
