/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The options of an endpoint, and the defaults that a component sets for all of its endpoints. */
@UriParams
public class CliniceaConfiguration implements Cloneable {
    @UriPath(
            description = "The resource: patients, appointments, bills, deletedBills, patientPackages, leads, payments,"
                    + " visits, documents, prescriptions, services, or any other name together with the path option.")
    @Metadata(required = true)
    private String resource;

    @UriParam(
            label = "security",
            secret = true,
            description = "API key of the organisation. Set either this or username and password. Together with "
                    + "username and password, it is sent with the login request only.")
    private String apiKey;

    @UriParam(
            label = "security",
            defaultValue = "api,api_key",
            description = "Names of the HTTP headers that carry the API key, separated by commas. The "
                    + "documentation names two headers, so both are sent by default.")
    private String apiKeyHeader = "api,api_key";

    @UriParam(
            label = "security",
            secret = true,
            description = "Login name of a staff member, as an alternative to an API key.")
    private String username;

    @UriParam(label = "security", secret = true, description = "Password of the staff member.")
    private String password;

    @UriParam(
            defaultValue = "https://api.clinicea.com",
            description = "URL of the server. Plain http is accepted for localhost only, unless "
                    + "allowInsecureHttp is on.")
    private String baseUrl = "https://api.clinicea.com";

    @UriParam(
            label = "security",
            description = "Whether to send credentials and patient data over plain http to another machine.")
    private boolean allowInsecureHttp;

    @UriParam(
            description = "Path on the server, starting with a slash. Set it for a resource that the catalogue "
                    + "does not have, or to correct the catalogue.")
    private String path;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "Time to wait for a connection.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "Time to wait for the next bytes of a response.")
    private long responseTimeout = 30_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Time that one request may take, including the body of its response.")
    private long requestTimeout = 60_000;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description = "Time that sending the content of a document may take, for operation=upload.")
    private long uploadTimeout = 900_000;

    @UriParam(
            label = "producer,security",
            description = "Hosts that may receive the content of a document, separated by commas. A name that "
                    + "starts with an asterisk and a dot stands for all hosts below it. By default, the host "
                    + "of baseUrl and all hosts below blob.core.windows.net. Name localhost in full.")
    private String blobHosts;

    @UriParam(
            label = "advanced",
            defaultValue = "3",
            description = "Number of times a read is repeated after a temporary failure: 429, 500, 502, 503, 504 "
                    + "or a broken connection. A write is never repeated, except for the content of an " + "upload.")
    private int maxRetries = 3;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Longest wait before a read is repeated. If Retry-After asks for a longer wait, the "
                    + "poll or the operation fails at once.")
    private long maxRetryWait = 60_000;

    @UriParam(
            description = "Number of requests a second that all endpoints with the same baseUrl and credential "
                    + "may send together, including retries and logins. The requests are spread evenly. If "
                    + "endpoints set different numbers, the smallest applies to all of them. 0 is no limit. "
                    + "Refusals by 429 or 503 slow requests down even without a limit.")
    private Double requestsPerSecond;

    @UriParam(
            label = "advanced",
            defaultValue = "33554432",
            description = "Largest response in bytes, after decompression. A larger response is an error.")
    private long maxResponseSize = 33_554_432;

    @UriParam(
            label = "advanced",
            defaultValue = "4194304",
            description = "Largest row of a list in bytes. A list with a larger row is an error.")
    private int maxRowSize = 4_194_304;

    @UriParam(
            label = "advanced",
            description = "Configured camel-http component for the transport, with its TLS, proxy and pool. "
                    + "Where it and this endpoint set different timeouts, the shorter ones apply.")
    private HttpComponent httpComponent;

    @UriParam(label = "security", description = "Keys and trusted certificates for TLS.")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "proxy", description = "Host name of an HTTP proxy.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "Port of the HTTP proxy.")
    private Integer proxyPort;

    @UriParam(
            defaultValue = "Map",
            description = "Type of the message body for a record: Map (fields in the order sent, decimals as "
                    + "BigDecimal), Json (String), Node (Jackson JsonNode), or the name of a class that "
                    + "Jackson can bind to.")
    private String bodyType = "Map";

    @UriParam(
            description = "Repository that stores the checkpoint and the delivery ledger. Without one they are "
                    + "kept in memory, and a restart begins at syncFrom again. A producer uses it for "
                    + "suppressEcho only.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            description = "Name of this sync in the repository, up to 77 characters, without @ and #. The "
                    + "default is the name of the resource. Give each clinic that shares a repository its "
                    + "own name.")
    private String syncId;

    @UriParam(
            description = "Experimental. In a two-way sync, a producer marks the versions that its writes make, "
                    + "and a consumer does not deliver marked versions. Set it on both, with the same "
                    + "idempotentRepository and syncId. Each write then takes about five more requests.")
    private boolean suppressEcho;

    @UriParam(
            defaultValue = "2000-01-01T00:00:00Z",
            description = "Start of the first sync: an ISO 8601 time, in UTC if it has no offset, or now. For a "
                    + "producer, the start of operation=list.")
    private String syncFrom = "2000-01-01T00:00:00Z";

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description = "Time before the server's clock at which the next poll starts. It covers changes that "
                    + "are committed later than they are stamped. Rows that were delivered are not delivered "
                    + "again.")
    private long overlap = 300_000;

    @UriParam(
            label = "consumer",
            defaultValue = "4",
            description = "Maximum number of pages that are fetched or processed at once. It bounds the memory "
                    + "of a backlog. A consumer starts with one page, fetches more while responses stay as "
                    + "fast, and fewer after refusals and timeouts.")
    private int pagesInFlight = 4;

    @UriParam(
            label = "consumer",
            description = "Statuses of the rows to deliver, separated by commas, for example Added,Modified. By "
                    + "default, all.")
    private String statuses;

    @UriParam(
            label = "consumer",
            description = "Maximum number of rows that one poll delivers. The next poll continues with the rest. "
                    + "0 is no limit.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "consumer",
            description = "Whether an exchange carries all due rows of a page with the same status. Its body is a "
                    + "list of what bodyType says. The rows of a batch that fails are emitted again one by one.")
    private boolean batching;

    @UriParam(
            label = "consumer",
            description = "Whether each exchange and its keys in the delivery ledger are one transaction. The route "
                    + "must write to the database that stores the state of the sync.")
    private boolean transacted;

    @UriParam(
            label = "consumer,advanced",
            description = "Policy that makes the transactions of transacted=true. By default, the only "
                    + "TransactedPolicy or the only PlatformTransactionManager in the registry.")
    private TransactedPolicy transactedPolicy;

    @UriParam(
            label = "advanced",
            description = "Number of the first page. The default is from the catalogue. Where that is 0 and page "
                    + "0 has no rows, page 1 is also tried.")
    private Integer firstPage;

    @UriParam(
            label = "advanced",
            description = "Number of rows of a full page. The default is from the catalogue. For a list without "
                    + "pages, set a number above its length.")
    private Integer pageSize;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the checkpoint, in place of the catalogue's.")
    private String syncParameter;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the page number, in place of the catalogue's.")
    private String pageParameter;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the page size, in place of the catalogue's.")
    private String pageSizeParameter;

    @UriParam(
            label = "advanced",
            description = "Format of the checkpoint in a request: ISO_OFFSET (2015-03-21T14:30:10 and a numeric "
                    + "offset), UTC_SECONDS (2015-03-21T14:30:10), or a pattern of "
                    + "java.time.format.DateTimeFormatter.")
    private String timestampFormat;

    @UriParam(
            label = "advanced",
            description =
                    "Fields that may hold a row's id, separated by commas. The first one that a row has is " + "used.")
    private String idField;

    @UriParam(
            label = "advanced",
            description = "Fields that may hold a row's status, separated by commas. The first one that a row "
                    + "has is used.")
    private String statusField;

    @UriParam(
            label = "advanced",
            description = "Fields that may hold a row's last-change stamp, separated by commas. The first one "
                    + "that a row has is used.")
    private String modifiedField;

    @UriParam(
            label = "advanced",
            description = "Fields whose values do not count as a change, separated by commas, for example a read "
                    + "time or a signed URL. A row that differs in these fields only is not delivered again. "
                    + "The fields stay in the body. For suppressEcho, set the same fields on the consumer "
                    + "and on the producers.")
    private String ignoreFields;

    @UriParam(
            label = "advanced",
            defaultValue = "100000",
            description = "Maximum number of pages of a list. A poll or list with more pages fails.")
    private int maxPages = 100_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description = "Time without progress after which the health check reports a running poll as stuck. "
                    + "Progress is a page received, a row completed, or a request waiting for the rate "
                    + "limit. After the same time without a poll, and at least three missed polls, it "
                    + "reports that polling stopped. 0 disables both checks.")
    private long healthCheckStaleAfter = 900_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description = "Time after which the health check reports a row that has failed ever since. Such a "
                    + "row holds the checkpoint back. 0 disables the check.")
    private long healthCheckHeldAfter = 86_400_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1000",
            description = "Maximum number of failed rows kept in memory. They are emitted again without a "
                    + "request. Further failed rows are read again from the list, from the checkpoint on, at "
                    + "each poll. 0 keeps none.")
    private int maxHeldRows = 1_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "10m",
            description = "Time between two attempts of a row that keeps failing, from its 10th attempt on. "
                    + "Before that, each poll emits it. 0 emits it at each poll.")
    private long heldRowBackoff = TimeUnit.MINUTES.toMillis(10);

    @UriParam(
            label = "advanced",
            prefix = "parameter.",
            multiValue = true,
            description = "Additional query parameters of the list, each as parameter.name=value, for example "
                    + "parameter.casesheetName for visits.")
    private Map<String, Object> parameters;

    @UriParam(
            label = "producer",
            description = "Operation to perform: create, update, delete, get, list, or an operation that the "
                    + "catalogue names for the resource. The header CamelCliniceaOperation takes precedence.")
    private String operation;

    @UriParam(
            label = "producer",
            description = "Whether to reject arguments that the operation does not define. By default, writes "
                    + "reject them and reads pass them on.")
    private Boolean strictParameters;

    @UriParam(
            label = "producer",
            description = "Whether an update reads its record first and also sends the fields that the message "
                    + "does not give. Set it for updates that overwrite fields that are not sent. A change "
                    + "by another user after the last read is overwritten.")
    private boolean mergeOnUpdate;

    @UriParam(
            label = "producer",
            description = "With mergeOnUpdate, whether an update fails without writing if the record changes "
                    + "while it is merged. A change between the last read and the write is not detected.")
    private boolean failOnConflict;

    @UriParam(
            label = "producer",
            description = "Whether a list becomes an iterator that reads one page at a time, for "
                    + "split(body()).streaming(), in place of a List of all rows. The operation then runs on "
                    + "the thread of the route.")
    private boolean streamList;

    @UriParam(
            label = "producer,advanced",
            description = "Whether an operation waits for its response on the thread of the route. By default, "
                    + "it waits on a thread of the component, unless the exchange is transacted.")
    private boolean synchronous;

    /** @return a copy, so that an endpoint's options do not change its component's defaults */
    public CliniceaConfiguration copy() {
        try {
            return (CliniceaConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getResource() {
        return resource;
    }

    public void setResource(String resource) {
        this.resource = resource;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getApiKeyHeader() {
        return apiKeyHeader;
    }

    public void setApiKeyHeader(String apiKeyHeader) {
        this.apiKeyHeader = apiKeyHeader;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public boolean isAllowInsecureHttp() {
        return allowInsecureHttp;
    }

    public void setAllowInsecureHttp(boolean allowInsecureHttp) {
        this.allowInsecureHttp = allowInsecureHttp;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getUploadTimeout() {
        return uploadTimeout;
    }

    public void setUploadTimeout(long uploadTimeout) {
        this.uploadTimeout = uploadTimeout;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getMaxRetryWait() {
        return maxRetryWait;
    }

    public void setMaxRetryWait(long maxRetryWait) {
        this.maxRetryWait = maxRetryWait;
    }

    public Double getRequestsPerSecond() {
        return requestsPerSecond;
    }

    public void setRequestsPerSecond(Double requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    public String getBlobHosts() {
        return blobHosts;
    }

    /** Sets the hosts that the content of a document may be sent to, separated by commas. */
    public void setBlobHosts(String blobHosts) {
        this.blobHosts = blobHosts;
    }

    public int getMaxRowSize() {
        return maxRowSize;
    }

    /** Sets the largest row of a list in bytes. */
    public void setMaxRowSize(int maxRowSize) {
        this.maxRowSize = maxRowSize;
    }

    public long getMaxResponseSize() {
        return maxResponseSize;
    }

    public void setMaxResponseSize(long maxResponseSize) {
        this.maxResponseSize = maxResponseSize;
    }

    public HttpComponent getHttpComponent() {
        return httpComponent;
    }

    public void setHttpComponent(HttpComponent httpComponent) {
        this.httpComponent = httpComponent;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getBodyType() {
        return bodyType;
    }

    public void setBodyType(String bodyType) {
        this.bodyType = bodyType;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public String getSyncId() {
        return syncId;
    }

    public void setSyncId(String syncId) {
        this.syncId = syncId;
    }

    public boolean isSuppressEcho() {
        return suppressEcho;
    }

    public void setSuppressEcho(boolean suppressEcho) {
        this.suppressEcho = suppressEcho;
    }

    public String getSyncFrom() {
        return syncFrom;
    }

    public void setSyncFrom(String syncFrom) {
        this.syncFrom = syncFrom;
    }

    public long getOverlap() {
        return overlap;
    }

    public void setOverlap(long overlap) {
        this.overlap = overlap;
    }

    public int getPagesInFlight() {
        return pagesInFlight;
    }

    public void setPagesInFlight(int pagesInFlight) {
        this.pagesInFlight = pagesInFlight;
    }

    public String getStatuses() {
        return statuses;
    }

    public void setStatuses(String statuses) {
        this.statuses = statuses;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public boolean isBatching() {
        return batching;
    }

    /** Sets whether an exchange carries all due rows of a page with the same status. False by default. */
    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    public boolean isTransacted() {
        return transacted;
    }

    /** Sets whether each exchange and its keys in the delivery ledger are one transaction. False by default. */
    public void setTransacted(boolean transacted) {
        this.transacted = transacted;
    }

    /** Returns the policy that makes the transactions; null for the only one in the registry. */
    public TransactedPolicy getTransactedPolicy() {
        return transactedPolicy;
    }

    /** Sets the policy that makes the transactions of {@code transacted}; null for the only one in the registry. */
    public void setTransactedPolicy(TransactedPolicy transactedPolicy) {
        this.transactedPolicy = transactedPolicy;
    }

    public Integer getFirstPage() {
        return firstPage;
    }

    public void setFirstPage(Integer firstPage) {
        this.firstPage = firstPage;
    }

    public Integer getPageSize() {
        return pageSize;
    }

    public void setPageSize(Integer pageSize) {
        this.pageSize = pageSize;
    }

    public String getSyncParameter() {
        return syncParameter;
    }

    public void setSyncParameter(String syncParameter) {
        this.syncParameter = syncParameter;
    }

    public String getPageParameter() {
        return pageParameter;
    }

    public void setPageParameter(String pageParameter) {
        this.pageParameter = pageParameter;
    }

    public String getPageSizeParameter() {
        return pageSizeParameter;
    }

    public void setPageSizeParameter(String pageSizeParameter) {
        this.pageSizeParameter = pageSizeParameter;
    }

    public String getTimestampFormat() {
        return timestampFormat;
    }

    public void setTimestampFormat(String timestampFormat) {
        this.timestampFormat = timestampFormat;
    }

    public String getIdField() {
        return idField;
    }

    public void setIdField(String idField) {
        this.idField = idField;
    }

    public String getStatusField() {
        return statusField;
    }

    public void setStatusField(String statusField) {
        this.statusField = statusField;
    }

    public String getModifiedField() {
        return modifiedField;
    }

    public void setModifiedField(String modifiedField) {
        this.modifiedField = modifiedField;
    }

    public String getIgnoreFields() {
        return ignoreFields;
    }

    /** Sets the fields whose value does not count as a change, separated by commas. */
    public void setIgnoreFields(String ignoreFields) {
        this.ignoreFields = ignoreFields;
    }

    public int getMaxPages() {
        return maxPages;
    }

    public void setMaxPages(int maxPages) {
        this.maxPages = maxPages;
    }

    public long getHealthCheckStaleAfter() {
        return healthCheckStaleAfter;
    }

    public void setHealthCheckStaleAfter(long healthCheckStaleAfter) {
        this.healthCheckStaleAfter = healthCheckStaleAfter;
    }

    public long getHealthCheckHeldAfter() {
        return healthCheckHeldAfter;
    }

    /** Sets the time in milliseconds after which the health check reports a row that is held; 0 disables the check. */
    public void setHealthCheckHeldAfter(long healthCheckHeldAfter) {
        this.healthCheckHeldAfter = healthCheckHeldAfter;
    }

    public int getMaxHeldRows() {
        return maxHeldRows;
    }

    /** Sets how many failed rows are kept in memory at most; 0 keeps none. */
    public void setMaxHeldRows(int maxHeldRows) {
        this.maxHeldRows = maxHeldRows;
    }

    public long getHeldRowBackoff() {
        return heldRowBackoff;
    }

    /** Sets the time in milliseconds between two attempts of a held row, from its 10th attempt on. */
    public void setHeldRowBackoff(long heldRowBackoff) {
        this.heldRowBackoff = heldRowBackoff;
    }

    public String getOperation() {
        return operation;
    }

    public void setOperation(String operation) {
        this.operation = operation;
    }

    public Map<String, Object> getParameters() {
        return parameters;
    }

    public void setParameters(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    public Boolean getStrictParameters() {
        return strictParameters;
    }

    public void setStrictParameters(Boolean strictParameters) {
        this.strictParameters = strictParameters;
    }

    public boolean isMergeOnUpdate() {
        return mergeOnUpdate;
    }

    public void setMergeOnUpdate(boolean mergeOnUpdate) {
        this.mergeOnUpdate = mergeOnUpdate;
    }

    public boolean isFailOnConflict() {
        return failOnConflict;
    }

    public void setFailOnConflict(boolean failOnConflict) {
        this.failOnConflict = failOnConflict;
    }

    public boolean isStreamList() {
        return streamList;
    }

    public void setStreamList(boolean streamList) {
        this.streamList = streamList;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
