package io.github.camelclinicea.springboot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Holds the component's options as properties of a Spring Boot application. Generated from the component's schema; do
 * not edit. A property that is not set is null, and the option keeps the component's value. An option that is an
 * object is the name of a bean, as {@code #name}.
 *
 * <p>An unknown property ends the start, so that a misspelt name is not ignored.
 */
@ConfigurationProperties(prefix = CliniceaProperties.PREFIX, ignoreUnknownFields = false)
record CliniceaProperties(
        Boolean enabled,
        Customizer customizer,
        String baseUrl,
        String bodyType,
        String catalogue,
        String clinicZone,
        String configuration,
        String idempotentRepository,
        String path,
        Long requestsPerDay,
        Long requestsPerMonth,
        Double requestsPerSecond,
        String stateDataSource,
        Boolean suppressEcho,
        String syncFrom,
        String syncId,
        Boolean batching,
        Boolean bridgeErrorHandler,
        Integer maxMessagesPerPoll,
        Duration overlap,
        Integer pagesInFlight,
        String statuses,
        Boolean transacted,
        Duration healthCheckHeldAfter,
        Duration healthCheckStaleAfter,
        Duration heldRowBackoff,
        Integer maxHeldRows,
        String transactedPolicy,
        Boolean failOnConflict,
        Boolean lazyStartProducer,
        Boolean mergeOnUpdate,
        String operation,
        Boolean streamList,
        Boolean strictParameters,
        Integer maxConcurrentCalls,
        Boolean synchronous,
        Duration uploadTimeout,
        Boolean autowiredEnabled,
        Duration connectTimeout,
        Integer firstPage,
        String httpComponent,
        String idField,
        String ignoreFields,
        Integer maxPages,
        Long maxResponseSize,
        Integer maxRetries,
        Duration maxRetryWait,
        Integer maxRowSize,
        String modifiedField,
        String pageParameter,
        Integer pageSize,
        String pageSizeParameter,
        Map<String, Object> parameters,
        Duration requestTimeout,
        Duration responseTimeout,
        String statusField,
        String syncParameter,
        String timestampFormat,
        Boolean healthCheckConsumerEnabled,
        Boolean healthCheckProducerEnabled,
        String proxyHost,
        Integer proxyPort,
        Boolean allowInsecureHttp,
        String apiKey,
        String apiKeyHeader,
        String apiKeyParameter,
        String apiKeySupplier,
        String blobHosts,
        String password,
        Boolean serverMessageInException,
        String sslContextParameters,
        Boolean useGlobalSslContextParameters,
        String username) {

    static final String PREFIX = "camel.component.clinicea";

    /** Whether the options are applied to the component. */
    record Customizer(Boolean enabled) {}

    /** Returns the options that are set. A whole configuration comes before single options. */
    Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        put(options, "configuration", configuration);
        put(options, "baseUrl", baseUrl);
        put(options, "bodyType", bodyType);
        put(options, "catalogue", catalogue);
        put(options, "clinicZone", clinicZone);
        put(options, "idempotentRepository", idempotentRepository);
        put(options, "path", path);
        put(options, "requestsPerDay", requestsPerDay);
        put(options, "requestsPerMonth", requestsPerMonth);
        put(options, "requestsPerSecond", requestsPerSecond);
        put(options, "stateDataSource", stateDataSource);
        put(options, "suppressEcho", suppressEcho);
        put(options, "syncFrom", syncFrom);
        put(options, "syncId", syncId);
        put(options, "batching", batching);
        put(options, "bridgeErrorHandler", bridgeErrorHandler);
        put(options, "maxMessagesPerPoll", maxMessagesPerPoll);
        put(options, "overlap", overlap);
        put(options, "pagesInFlight", pagesInFlight);
        put(options, "statuses", statuses);
        put(options, "transacted", transacted);
        put(options, "healthCheckHeldAfter", healthCheckHeldAfter);
        put(options, "healthCheckStaleAfter", healthCheckStaleAfter);
        put(options, "heldRowBackoff", heldRowBackoff);
        put(options, "maxHeldRows", maxHeldRows);
        put(options, "transactedPolicy", transactedPolicy);
        put(options, "failOnConflict", failOnConflict);
        put(options, "lazyStartProducer", lazyStartProducer);
        put(options, "mergeOnUpdate", mergeOnUpdate);
        put(options, "operation", operation);
        put(options, "streamList", streamList);
        put(options, "strictParameters", strictParameters);
        put(options, "maxConcurrentCalls", maxConcurrentCalls);
        put(options, "synchronous", synchronous);
        put(options, "uploadTimeout", uploadTimeout);
        put(options, "autowiredEnabled", autowiredEnabled);
        put(options, "connectTimeout", connectTimeout);
        put(options, "firstPage", firstPage);
        put(options, "httpComponent", httpComponent);
        put(options, "idField", idField);
        put(options, "ignoreFields", ignoreFields);
        put(options, "maxPages", maxPages);
        put(options, "maxResponseSize", maxResponseSize);
        put(options, "maxRetries", maxRetries);
        put(options, "maxRetryWait", maxRetryWait);
        put(options, "maxRowSize", maxRowSize);
        put(options, "modifiedField", modifiedField);
        put(options, "pageParameter", pageParameter);
        put(options, "pageSize", pageSize);
        put(options, "pageSizeParameter", pageSizeParameter);
        put(options, "parameters", parameters);
        put(options, "requestTimeout", requestTimeout);
        put(options, "responseTimeout", responseTimeout);
        put(options, "statusField", statusField);
        put(options, "syncParameter", syncParameter);
        put(options, "timestampFormat", timestampFormat);
        put(options, "healthCheckConsumerEnabled", healthCheckConsumerEnabled);
        put(options, "healthCheckProducerEnabled", healthCheckProducerEnabled);
        put(options, "proxyHost", proxyHost);
        put(options, "proxyPort", proxyPort);
        put(options, "allowInsecureHttp", allowInsecureHttp);
        put(options, "apiKey", apiKey);
        put(options, "apiKeyHeader", apiKeyHeader);
        put(options, "apiKeyParameter", apiKeyParameter);
        put(options, "apiKeySupplier", apiKeySupplier);
        put(options, "blobHosts", blobHosts);
        put(options, "password", password);
        put(options, "serverMessageInException", serverMessageInException);
        put(options, "sslContextParameters", sslContextParameters);
        put(options, "useGlobalSslContextParameters", useGlobalSslContextParameters);
        put(options, "username", username);
        return options;
    }

    private static void put(Map<String, Object> options, String name, Object value) {
        if (value != null) {
            options.put(name, value);
        }
    }

    /** Returns the names of the options that are set, without values, because they may be secrets. */
    @Override
    public String toString() {
        return PREFIX + options().keySet();
    }
}
