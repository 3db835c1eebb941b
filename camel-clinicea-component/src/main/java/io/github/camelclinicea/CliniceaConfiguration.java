package io.github.camelclinicea;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
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
            description = "The API key of the organisation. Either this, or username and password.")
    private String apiKey;

    @UriParam(
            label = "security",
            defaultValue = "api,api_key",
            description =
                    "Names of the HTTP headers that carry the API key, separated by commas. The documentation names"
                            + " two, so both are sent by default.")
    private String apiKeyHeader = "api,api_key";

    @UriParam(
            label = "security",
            secret = true,
            description = "Login name of a staff member, to log in with in place of an API key.")
    private String username;

    @UriParam(label = "security", secret = true, description = "Password of the staff member.")
    private String password;

    @UriParam(
            label = "security",
            description =
                    "Whether the staff login needs the organisation's API key as well: apiKey then goes along with the"
                            + " login, and with nothing else.")
    private boolean apiKeyAtLogin;

    @UriParam(
            defaultValue = "https://api.clinicea.com",
            description =
                    "The server. Plain http is taken for this machine only (localhost), unless allowInsecureHttp is"
                            + " on.")
    private String baseUrl = "https://api.clinicea.com";

    @UriParam(
            label = "security",
            description = "Whether to send credentials and patients' data over plain http to another machine.")
    private boolean allowInsecureHttp;

    @UriParam(
            description =
                    "The path on the server, starting with a slash: for a resource that the catalogue lacks, or to"
                            + " correct it.")
    private String path;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "How long to wait for a connection.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long to wait for the next piece of an answer.")
    private long responseTimeout = 30_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "How long one request may take in all, its answer's body included.")
    private long requestTimeout = 60_000;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description = "How long sending the content of a document may take in all, for operation=upload.")
    private long uploadTimeout = 900_000;

    @UriParam(
            label = "producer,security",
            description =
                    "Hosts that the content of a document may be sent to, separated by commas. An asterisk and a dot"
                            + " before a name mean all hosts below it. Default is the host of baseUrl and all hosts below"
                            + " blob.core.windows.net. localhost must be named in full.")
    private String blobHosts;

    @UriParam(
            label = "advanced",
            defaultValue = "3",
            description =
                    "How often a read that failed in passing (429, 500, 502, 503, 504, broken connection) is repeated"
                            + " within a poll or a call. A write is never"
                            + " repeated, but for the content of an upload.")
    private int maxRetries = 3;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description =
                    "The longest wait before a read is repeated. If the server asks for a longer one by Retry-After,"
                            + " the poll or call fails at once.")
    private long maxRetryWait = 60_000;

    @UriParam(
            description =
                    "How many requests a second all endpoints of one baseUrl and credential may send together, retries"
                            + " and logins included; evenly, without bursts. If they set different numbers, the"
                            + " smallest one holds for all of them. Default, and 0, is no limit; what the server refuses"
                            + " by 429 or 503 slows them down all the same.")
    private Double requestsPerSecond;

    @UriParam(
            label = "advanced",
            defaultValue = "33554432",
            description = "The largest answer in bytes, after decompression. A larger one is an error.")
    private long maxResponseSize = 33_554_432;

    @UriParam(
            label = "advanced",
            defaultValue = "4194304",
            description = "The largest row of a list in bytes. A list with a larger one is an error.")
    private int maxRowSize = 4_194_304;

    @UriParam(
            label = "advanced",
            description = "A configured camel-http component to use for transport, with its TLS, proxy and pool. Of its"
                    + " timeouts and this endpoint's, the shorter ones hold.")
    private HttpComponent httpComponent;

    @UriParam(label = "security", description = "Own keys and trusted certificates for TLS.")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "advanced", description = "Host name of an HTTP proxy.")
    private String proxyHost;

    @UriParam(label = "advanced", description = "Port of the HTTP proxy.")
    private Integer proxyPort;

    @UriParam(
            defaultValue = "Map",
            description = "What a record becomes as a message body: Map (fields in the order sent, decimals as"
                    + " BigDecimal), Json (String), Node (Jackson's JsonNode), or the name of a class that Jackson can"
                    + " bind it to.")
    private String bodyType = "Map";

    @UriParam(
            description = "Remembers the sync timestamp and what was delivered. Without one it is kept in memory, and a"
                    + " restart begins at syncFrom again. For a producer: only for suppressEcho.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            description =
                    "Names this sync inside the repository: 77 characters at most, no at sign, no hash. Default is the"
                            + " resource's name; give each clinic that shares a repository its own.")
    private String syncId;

    @UriParam(
            description =
                    "For a sync in both directions: a producer marks the versions that its writes make, and a consumer does"
                            + " not deliver versions that are marked. Set it on both, with one idempotentRepository and"
                            + " syncId; each write then costs about five requests more.")
    private boolean suppressEcho;

    @UriParam(
            defaultValue = "2000-01-01T00:00:00Z",
            description =
                    "Where the first sync starts: ISO 8601, UTC if it has no offset, or now. For a producer: since"
                            + " when operation=list lists.")
    private String syncFrom = "2000-01-01T00:00:00Z";

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description =
                    "How far before the server's time the next sweep starts, to catch what is committed later than it"
                            + " is stamped. Costs no duplicates.")
    private long overlap = 300_000;

    @UriParam(
            label = "consumer",
            defaultValue = "4",
            description =
                    "How many pages may be fetched or worked on at once. Bounds the memory of a backlog. A consumer begins"
                            + " with one page at a time, fetches more while answers come as fast as before, and fewer"
                            + " when the server refuses or does not answer.")
    private int pagesInFlight = 4;

    @UriParam(
            label = "consumer",
            description = "Deliver only rows with these change tags, separated by commas, for instance Added,Modified."
                    + " Default is all.")
    private String statuses;

    @UriParam(
            label = "consumer",
            description =
                    "How many rows one poll delivers at most; the next poll goes on with the rest. 0 for no limit.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Number of the first page. By default that of the catalogue. Where that is 0 and page 0 has no rows,"
                            + " page 1 is asked for as well, and is the first if it has some.")
    private Integer firstPage;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Rows of a full page. Default is from the catalogue. For a list that is not paged at all, set a number"
                            + " above its length.")
    private Integer pageSize;

    @UriParam(
            label = "consumer,advanced",
            description = "Name of the query parameter that carries the sync timestamp, in place of the catalogue's.")
    private String syncParameter;

    @UriParam(
            label = "consumer,advanced",
            description = "Name of the query parameter that carries the page number, in place of the catalogue's.")
    private String pageParameter;

    @UriParam(
            label = "consumer,advanced",
            description = "Name of the query parameter that carries the page size, in place of the catalogue's.")
    private String pageSizeParameter;

    @UriParam(
            label = "consumer,advanced",
            description = "Spelling of the sync timestamp: ISO_OFFSET (2015-03-21T14:30:10 and a numeric offset),"
                    + " UTC_SECONDS (2015-03-21T14:30:10), or a pattern of java.time.format.DateTimeFormatter.")
    private String timestampFormat;

    @UriParam(
            label = "consumer,advanced",
            description = "Field(s) that may hold a row's id, separated by commas; the first that a row has wins.")
    private String idField;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Field(s) that may hold a row's change tag, separated by commas; the first that a row has wins.")
    private String statusField;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Field(s) that may hold a row's last-change stamp, separated by commas; the first that a row has"
                            + " wins.")
    private String modifiedField;

    @UriParam(
            label = "advanced",
            description =
                    "Fields whose value does not count as a change, separated by commas, for instance a read time or a"
                            + " signed URL. A row that differs in nothing else is not delivered again. The fields stay in"
                            + " the body. For suppressEcho, set the same on the consumer and on the producers.")
    private String ignoreFields;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "100000",
            description = "A sweep over more pages than this fails: the server does not come to an end.")
    private int maxPages = 100_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description =
                    "Time without progress after which the health check reports a running poll as stuck. Progress is a page"
                            + " received, a row completed, or a request waiting for the rate limit. It is also the least"
                            + " time without a poll after which the health check reports that none begins; three polls"
                            + " must be missing as well. 0 disables both.")
    private long healthCheckStaleAfter = 900_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description =
                    "Time after which the health check reports a row that the route has failed on all the while. Such a row"
                            + " holds the checkpoint back. 0 disables the check.")
    private long healthCheckHeldAfter = 86_400_000;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "1000",
            description =
                    "How many rows that the route failed on are kept in memory at most, to be emitted again without reading"
                            + " the list again. A failed row beyond them is read again from the list, from the checkpoint"
                            + " on, at each poll. 0 keeps none.")
    private int maxHeldRows = 1_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "10m",
            description =
                    "Time between two attempts of a row that the route keeps failing on, from its 10th attempt on. Until then"
                            + " it is emitted at each poll. 0 emits it at each poll for ever.")
    private long heldRowBackoff = TimeUnit.MINUTES.toMillis(10);

    @UriParam(
            label = "consumer,advanced",
            prefix = "parameter.",
            multiValue = true,
            description =
                    "Further query parameters to ask for the list with, each as parameter.name=value; for instance"
                            + " parameter.casesheetName for visits.")
    private Map<String, Object> parameters;

    @UriParam(
            label = "producer",
            description =
                    "What to do: create, update, delete, get, list, or an operation that the catalogue names for the"
                            + " resource. The header CamelCliniceaOperation takes precedence.")
    private String operation;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether an argument that the operation does not take is an error before anything is sent; if not, it is"
                            + " sent along. Unless set, this is so for writes only, and a read sends it along.")
    private Boolean strictParameters;

    @UriParam(
            label = "producer",
            description =
                    "Whether an update reads its record first and sends what is there for all that the message does not give:"
                            + " for updates that overwrite what is not sent. A change by somebody else after the last read is"
                            + " overwritten. Other operations are as they are without it.")
    private boolean mergeOnUpdate;

    @UriParam(
            label = "producer",
            description =
                    "With mergeOnUpdate: whether an update fails, and writes nothing, if the record is seen to change while"
                            + " it is merged. A change between the last read and the write cannot be seen.")
    private boolean failOnConflict;

    @UriParam(
            label = "producer",
            description =
                    "Whether a list becomes an iterator that asks for a page when the rows before it have been taken, for"
                            + " split(body()).streaming(), in place of a List of all rows. Calls then stay on the thread of"
                            + " their route.")
    private boolean streamList;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Whether each call waits for its answer on the thread of its route. By default it does so on a thread"
                            + " of the component, unless the exchange is transacted.")
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

    public boolean isApiKeyAtLogin() {
        return apiKeyAtLogin;
    }

    public void setApiKeyAtLogin(boolean apiKeyAtLogin) {
        this.apiKeyAtLogin = apiKeyAtLogin;
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
