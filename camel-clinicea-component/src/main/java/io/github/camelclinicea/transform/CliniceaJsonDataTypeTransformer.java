/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.transform;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Transforms a record of any {@code bodyType} to a JSON object, and a list of records to a JSON array, as UTF-8 bytes.
 * The fields keep their order, and no digit of a number is lost. The text of {@code bodyType=Json} stays as it was sent.
 *
 * <p>A message without a body stays as it is. Such a message comes with {@code sendEmptyMessageWhenIdle}.
 */
@DataTypeTransformer(
        name = CliniceaJsonDataTypeTransformer.NAME,
        description = "Transforms a record, or the records of a batch, to JSON (byte array)")
public class CliniceaJsonDataTypeTransformer extends Transformer {
    static final String NAME = "clinicea:application-json";

    /** The media type of the body. */
    static final String MEDIA_TYPE = "application/json";

    /**
     * Transforms the body, and sets {@code Content-Type}.
     *
     * @throws IllegalArgumentException if the body is no record and no list of records; the message does not quote it
     */
    @Override
    public void transform(Message message, DataType fromType, DataType toType) {
        if (message.getBody() != null) {
            message.setBody(new RecordJson(NAME, message).body());
            message.setHeader(Exchange.CONTENT_TYPE, MEDIA_TYPE);
        }
    }
}
