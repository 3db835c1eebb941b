/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;

/**
 * Recognizes types that Jackson takes for beans, but whose getters do not show what they hold. Of a JSON tree of
 * another library, for example, it would write {@code {"empty":false,"object":true}} in place of the fields. Such a
 * tree can be read; other types cannot. The types are known by name, so that no library needs to be present.
 *
 * <p>Specified by {@code NonBeanTypesTest}.
 */
public final class NonBeanTypes {
    /** JSON trees, whose {@code toString} returns their JSON. Shaded copies have a prefix. */
    private static final List<String> TREES = List.of(
            "com.fasterxml.jackson.core.TreeNode",
            "tools.jackson.core.TreeNode",
            "org.codehaus.jackson.JsonNode",
            "jakarta.json.JsonValue",
            "javax.json.JsonValue",
            "com.google.gson.JsonElement",
            "org.json.JSONObject",
            "org.json.JSONArray",
            "org.json.JSONObject$Null",
            "org.codehaus.jettison.json.JSONObject",
            "org.codehaus.jettison.json.JSONArray",
            "com.eclipsesource.json.JsonValue",
            "io.vertx.core.json.JsonObject",
            "io.vertx.core.json.JsonArray",
            "kotlinx.serialization.json.JsonElement");

    /** Types with other getters than those of their content, by the name of a class or an interface. */
    private static final List<String> UNREADABLE = List.of(
            "scala.collection.IterableOnce",
            "scala.collection.GenTraversableOnce",
            "com.google.common.base.Optional",
            "com.google.common.collect.Multimap",
            "com.google.common.collect.Table",
            "com.google.protobuf.MessageLiteOrBuilder",
            "groovy.lang.Closure",
            "groovy.util.Expando",
            "io.vertx.core.AsyncResult",
            "io.vertx.core.buffer.Buffer",
            "jakarta.xml.bind.JAXBElement",
            "javax.xml.bind.JAXBElement",
            "java.sql.Array",
            "java.sql.Blob",
            "java.sql.Clob",
            "java.sql.Ref",
            "java.sql.ResultSet",
            "java.sql.RowId",
            "java.sql.SQLXML",
            "java.sql.Struct",
            "kotlin.Lazy",
            "microsoft.sql.DateTimeOffset",
            "oracle.sql.Datum",
            "org.apache.avro.generic.GenericContainer",
            "org.apache.camel.Exchange",
            "org.apache.camel.Message",
            "org.apache.camel.WrappedFile",
            "org.apache.thrift.TBase",
            "org.bson.BsonValue",
            "org.bson.types.BSONTimestamp",
            "org.bson.types.Binary",
            "org.bson.types.Code",
            "org.bson.types.MaxKey",
            "org.bson.types.MinKey",
            "org.bson.types.ObjectId",
            "org.bson.types.Symbol",
            "org.graalvm.polyglot.Value",
            "org.postgresql.util.PGobject",
            "org.reactivestreams.Publisher");

    private static final List<Class<?>> UNREADABLE_TYPES = List.of(
            BaseStream.class,
            CompletionStage.class,
            Flow.Publisher.class,
            Future.class,
            InputStream.class,
            Reader.class,
            Reference.class,
            Supplier.class,
            Throwable.class);

    private NonBeanTypes() {}

    /**
     * Returns whether a class is a JSON tree of another library, which {@link #read} reads.
     *
     * @param type the class
     */
    public static boolean isTree(Class<?> type) {
        return !JsonSerializable.class.isAssignableFrom(type) && isOneOf(type, TREES);
    }

    /**
     * Returns whether Jackson would not write the content of a class, and it cannot be read either. These are
     * collections of other languages, messages of binary formats, streams, values that are yet to come, and all other
     * types that can be iterated and are no collections of Java's.
     *
     * @param type a class that is no tree
     */
    public static boolean isUnreadable(Class<?> type) {
        return isOneOf(type, UNREADABLE)
                || UNREADABLE_TYPES.stream().anyMatch(unreadable -> unreadable.isAssignableFrom(type))
                || Iterable.class.isAssignableFrom(type)
                        && !Collection.class.isAssignableFrom(type)
                        && !Map.class.isAssignableFrom(type)
                        && !JsonSerializable.class.isAssignableFrom(type);
    }

    /**
     * Returns the content of a JSON tree of another library.
     *
     * @param tree an object of a class that {@link #isTree}
     * @throws IOException if its JSON is not well-formed
     */
    public static JsonNode read(Object tree) throws IOException {
        return Json.mapper().readTree(tree.toString());
    }

    private static boolean isOneOf(Class<?> type, List<String> names) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (isNamed(one, names)) {
                return true;
            }
            for (Class<?> implemented : one.getInterfaces()) {
                if (isOneOf(implemented, names)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNamed(Class<?> type, List<String> names) {
        String name = type.getName();
        return names.stream().anyMatch(known -> name.equals(known) || name.endsWith("." + known));
    }
}
