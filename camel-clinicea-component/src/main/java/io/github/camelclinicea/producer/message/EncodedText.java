/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer.message;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * Opens values that hold a text: bytes, streams, readers and files. Camel can make a stream of many other objects, but
 * not of their JSON: a class with annotations of JAXB would become XML.
 *
 * <p>Specified by {@code ArgumentsTest} and {@code CliniceaJsonDataTypeTransformerTest}.
 */
public final class EncodedText {
    private static final List<Class<?>> TYPES = List.of(
            byte[].class,
            ByteBuffer.class,
            InputStream.class,
            Reader.class,
            StreamCache.class,
            File.class,
            Path.class,
            WrappedFile.class);

    private EncodedText() {}

    /**
     * Opens a value.
     *
     * @param exchange the exchange that has the value
     * @param value any value, or null
     * @return the bytes of its text, to be closed; null if the value is of another kind, or cannot be opened
     */
    public static InputStream open(Exchange exchange, Object value) {
        return TYPES.stream().anyMatch(type -> type.isInstance(value))
                ? exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, value)
                : null;
    }
}
