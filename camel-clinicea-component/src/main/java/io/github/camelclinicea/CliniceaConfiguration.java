/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Holds the options of an endpoint, and the defaults that a component sets for all of its endpoints. Wrong values are
 * rejected when the endpoint is initialized. The message names the option.
 *
 * <p>Specified by {@code BadOptionsTest}.
 */
@UriParams
public class CliniceaConfiguration implements Cloneable {
    @UriPath(
            description = "The resource, for example patients. The catalogue has patients, appointments, bills, "
                    + "deletedBills, patientPackages, leads, payments, visits, documents, prescriptions and "
                    + "services. Any other name needs the path option.")
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
            description = "Supplier of the API key, for example #keySupplier. By default, apiKey is the key. The "
                    + "supplier is asked before each poll, operation and retry, and once after a 401. So a key "
                    + "that rotates takes effect without a restart.")
    private Supplier<String> apiKeySupplier;

    @UriParam(
            label = "security",
            defaultValue = "api,api_key",
            description = "Names of the HTTP headers that carry the API key, separated by commas, for example "
                    + "api_key. The documentation names two headers, so both are sent by default.")
    private String apiKeyHeader = "api,api_key";

    @UriParam(
            label = "security",
            description = "Name of the query parameter that carries the API key, in place of the headers, for "
                    + "example api_key. By default, headers carry it. Some servers accept the key only as a "
                    + "query parameter. The token of a staff login is always sent as api_key.")
    private String apiKeyParameter;

    @UriParam(
            label = "security",
            secret = true,
            description = "Login name of a staff member, as an alternative to an API key. Set it together with "
                    + "password.")
    private String username;

    @UriParam(
            label = "security",
            secret = true,
            description = "Password of the staff member. Set it together with username.")
    private String password;

    @UriParam(
            label = "security",
            description = "Whether the message of an exception contains what the server says about the failure. It may "
                    + "quote patient data, and would be in logs and in the health check.")
    private boolean serverMessageInException;

    @UriParam(
            defaultValue = "https://api.clinicea.com",
            description = "URL of the server, for example http://localhost:8080 for the sandbox. Plain http is "
                    + "accepted for localhost only, unless allowInsecureHttp is on.")
    private String baseUrl = "https://api.clinicea.com";

    @UriParam(
            label = "security",
            description = "Whether to send credentials and patient data over plain http to another machine.")
    private boolean allowInsecureHttp;

    @UriParam(
            description = "Path on the server, starting with a slash, for example /api/v1/tasks. Set it for a "
                    + "resource that the catalogue does not have, or to correct the catalogue. By default, "
                    + "that of the catalogue.")
    private String path;

    @UriParam(
            description = "File that corrects the catalogue or adds resources to it: a resource URI, for example "
                    + "classpath:clinicea.json or file:conf/clinicea.json. It is read when the first endpoint "
                    + "with it starts. Other options, such as path, take precedence over it. By default, the "
                    + "catalogue of the component applies as it is.")
    private String catalogue;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "Time to wait for a connection, for example 5s.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "Time to wait for the next bytes of a response, for example 45s.")
    private long responseTimeout = 30_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Time that one request may take, including the body of its response, for example 2m.")
    private long requestTimeout = 60_000;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "15m",
            description =
                    "Time that sending the content of a document may take, for operation=upload, for example " + "1h.")
    private long uploadTimeout = 900_000;

    @UriParam(
            label = "producer,security",
            description = "Hosts that may receive the content of a document, separated by commas, for example "
                    + "documents.example.org. A name that starts with an asterisk and a dot stands for all "
                    + "hosts below it. By default, the host of baseUrl and all hosts below "
                    + "blob.core.windows.net. Name localhost in full.")
    private String blobHosts;

    @UriParam(
            label = "advanced",
            defaultValue = "3",
            description = "Number of times a read is repeated after a temporary failure: 429, 500, 502, 503, 504 "
                    + "or a broken connection. A write is never repeated, except for the content of an upload.")
    private int maxRetries = 3;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "60s",
            description = "Longest wait before a read is repeated, for example 30s. If Retry-After asks for a "
                    + "longer wait, the poll or the operation fails at once.")
    private long maxRetryWait = 60_000;

    @UriParam(
            description = "Number of requests a second that all endpoints with the same baseUrl and credential may "
                    + "send together, including retries and logins, for example 2 or 0.5. The requests are "
                    + "spread evenly. If endpoints set different numbers, the smallest applies to all of them. "
                    + "By default, and with 0, there is no limit. Refusals by 429 or 503 slow requests down "
                    + "even without a limit.")
    private Double requestsPerSecond;

    @UriParam(
            description = "Number of requests that all endpoints with the same baseUrl and credential may send "
                    + "together in one day, including retries and logins, for example 5000. Polls are spread "
                    + "over the day. Once it is used up, polls wait for the next day and operations fail. If "
                    + "endpoints set different numbers, the smallest applies. The count is kept in the "
                    + "idempotentRepository. By default, and with 0, there is no budget. The day is that of "
                    + "clinicZone, or of UTC.")
    private long requestsPerDay;

    @UriParam(
            description = "Number of requests that all endpoints with the same baseUrl and credential may send "
                    + "together in one calendar month, like requestsPerDay, for example 100000. By default, "
                    + "and with 0, there is no budget.")
    private long requestsPerMonth;

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
            description = "Configured camel-http component for the transport, with its TLS, proxy and pool, for "
                    + "example #clinicHttp. Where it and this endpoint set different timeouts, the shorter "
                    + "ones apply. By default, the component makes its own.")
    private HttpComponent httpComponent;

    @UriParam(
            label = "security",
            description = "Keys and trusted certificates for TLS, for example #clinicTls. By default, those of the "
                    + "Java runtime.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "proxy",
            description = "Host name of an HTTP proxy, for example proxy.example.org. Set it together with "
                    + "proxyPort. By default, there is no proxy.")
    private String proxyHost;

    @UriParam(
            label = "proxy",
            description = "Port of the HTTP proxy, for example 3128. Set it together with proxyHost. By default, "
                    + "there is no proxy.")
    private Integer proxyPort;

    @UriParam(
            defaultValue = "Map",
            description = "Type of the message body for a record: Map (fields in the order sent, decimals as "
                    + "BigDecimal), Json (String) or Node (Jackson JsonNode). The name of a class that Jackson can "
                    + "bind to is also possible, for example com.example.Patient.")
    private String bodyType = "Map";

    @UriParam(
            description = "Time zone of the clinic, for example Asia/Dubai. With it, the header "
                    + "CamelCliniceaModifiedInstant has a row's stamp as an Instant, and a producer accepts "
                    + "moments, such as an Instant, in place of local times. By default, the zone is unknown, "
                    + "and times stay as they are.")
    private String clinicZone;

    @UriParam(
            description = "Repository that stores the checkpoint and the delivery ledger, and the counts of "
                    + "requestsPerDay and requestsPerMonth, for example #syncState. By default, they are kept "
                    + "in memory, and a restart begins at syncFrom again. Apart from these counts, a producer "
                    + "uses it for suppressEcho only.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            description = "Database that stores the state, in place of an idempotentRepository, for example "
                    + "#dataSource. The repository is a JdbcSyncRepository on it, with the processor name "
                    + "clinicea. The table is created if it is absent. Needs camel-sql. By default, "
                    + "idempotentRepository applies.")
    private DataSource stateDataSource;

    @UriParam(
            description = "Name of this sync in the repository, for example clinic-1-patients. It has up to 77 "
                    + "characters, and no at sign and no number sign. The default is the name of the resource. "
                    + "Give each clinic that shares a repository its own name.")
    private String syncId;

    @UriParam(
            description = "Experimental. In a two-way sync, a producer marks the versions that its writes make, "
                    + "and a consumer does not deliver marked versions. Set it on both, with the same "
                    + "idempotentRepository and syncId. Each write then takes about five more requests.")
    private boolean suppressEcho;

    @UriParam(
            defaultValue = "2000-01-01T00:00:00Z",
            description = "Start of the first sync: an ISO 8601 time, in UTC if it has no offset, or now. For "
                    + "example 2026-01-31 or 2026-01-31T08:00:00Z. For a producer, the start of operation=list.")
    private String syncFrom = "2000-01-01T00:00:00Z";

    @UriParam(
            label = "consumer",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description = "Time before the server's clock at which the next poll starts, for example 15m. It "
                    + "covers changes that are committed later than they are stamped. Rows that were delivered "
                    + "are not delivered again.")
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
            description = "Maximum number of rows that one poll delivers, for example 500. The next poll continues "
                    + "with the rest. By default, and with 0, there is no limit.")
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
            description = "Policy that makes the transactions of transacted=true, for example #required. By "
                    + "default, the only TransactedPolicy or the only PlatformTransactionManager in the "
                    + "registry.")
    private TransactedPolicy transactedPolicy;

    @UriParam(
            label = "advanced",
            description = "Number of the first page, for example 1. The default is from the catalogue. Where that "
                    + "is 0 and page 0 has no rows, page 1 is also tried.")
    private Integer firstPage;

    @UriParam(
            label = "advanced",
            description = "Number of rows of a full page, for example 50. The default is from the catalogue. For a "
                    + "list without pages, set a number above its length.")
    private Integer pageSize;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the checkpoint, for example lastSyncDate. By default, "
                    + "that of the catalogue.")
    private String syncParameter;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the page number, for example pageNo. By default, that "
                    + "of the catalogue.")
    private String pageParameter;

    @UriParam(
            label = "advanced",
            description = "Name of the query parameter for the page size, for example pageSize. By default, that "
                    + "of the catalogue.")
    private String pageSizeParameter;

    @UriParam(
            label = "advanced",
            description = "Format of the checkpoint in a request: ISO_OFFSET (2015-03-21T14:30:10 and a numeric "
                    + "offset), UTC_SECONDS (2015-03-21T14:30:10), or a pattern of "
                    + "java.time.format.DateTimeFormatter, for example dd/MM/yyyy HH:mm:ss. By default, that "
                    + "of the catalogue.")
    private String timestampFormat;

    @UriParam(
            label = "advanced",
            description = "Fields that may hold a row's id, separated by commas, for example PatientID,ID. The "
                    + "first one that a row has is used. By default, those of the catalogue.")
    private String idField;

    @UriParam(
            label = "advanced",
            description = "Fields that may hold a row's status, separated by commas, for example DataStatusStr. "
                    + "The first one that a row has is used. By default, those of the catalogue.")
    private String statusField;

    @UriParam(
            label = "advanced",
            description = "Fields that may hold a row's last-change stamp, separated by commas, for example "
                    + "ModifiedDatetime. The first one that a row has is used. By default, those of the "
                    + "catalogue.")
    private String modifiedField;

    @UriParam(
            label = "advanced",
            description = "Fields whose values do not count as a change, separated by commas, for example "
                    + "ReadAt,PhotoUrl. A row that differs in these fields only is not delivered again. The "
                    + "fields stay in the body. For suppressEcho, set the same fields on the consumer and on "
                    + "the producers. By default, each field counts.")
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
            description = "Time without progress after which the health check reports a running poll as stuck, for "
                    + "example 30m. Progress is a page received, a row completed, or a request waiting for the "
                    + "rate limit. After the same time without a poll, and at least three missed polls, it "
                    + "reports that polling stopped. 0 disables both checks.")
    private long healthCheckStaleAfter = 900_000;

    @UriParam(
            label = "consumer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "24h",
            description = "Time after which the health check reports a row that has failed ever since, for example "
                    + "2h. Such a row holds the checkpoint back. 0 disables the check.")
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
            description = "Time between two attempts of a row that keeps failing, from its 10th attempt on, for "
                    + "example 1h. Before that, each poll emits it. 0 emits it at each poll.")
    private long heldRowBackoff = TimeUnit.MINUTES.toMillis(10);

    @UriParam(
            label = "advanced",
            prefix = "parameter.",
            multiValue = true,
            description = "Additional query parameters of the list, each as parameter.name=value, for example "
                    + "parameter.casesheetName=Dental for visits. By default, none.")
    private Map<String, Object> parameters;

    @UriParam(
            label = "producer",
            description = "Operation to perform: create, update, delete, get, list, or an operation that the "
                    + "catalogue names for the resource, for example listByPatient. The header "
                    + "CamelCliniceaOperation takes precedence. By default, each message names its operation "
                    + "in this header.")
    private String operation;

    @UriParam(
            label = "producer",
            description = "Whether to reject arguments that the operation does not define. By default, writes "
                    + "reject them, except for an update whose argument names are a guess, and reads pass them "
                    + "on.")
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

    /** Creates options that all have their defaults. */
    public CliniceaConfiguration() {}

    /** {@return a copy} A change of the copy does not change this object. */
    public CliniceaConfiguration copy() {
        try {
            return (CliniceaConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** {@return the name of the resource, such as {@code patients}} */
    public String getResource() {
        return resource;
    }

    /**
     * Sets the name of the resource, such as {@code patients}.
     *
     * @param resource the name of the resource, such as {@code patients}
     */
    public void setResource(String resource) {
        this.resource = resource;
    }

    /** {@return the API key of the organisation} */
    public String getApiKey() {
        return apiKey;
    }

    /**
     * Sets the API key of the organisation. Null if only {@code username} and {@code password} are used.
     *
     * @param apiKey the API key of the organisation
     */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    /** {@return the supplier of the API key; null if there is none} */
    public Supplier<String> getApiKeySupplier() {
        return apiKeySupplier;
    }

    /**
     * Sets the supplier of the API key, in place of {@code apiKey}. It is asked before each poll, operation and retry,
     * and once after a 401, by any thread. If it throws, or gives null or a blank text, the poll or operation fails and
     * nothing is sent.
     *
     * @param apiKeySupplier the supplier of the API key
     */
    public void setApiKeySupplier(Supplier<String> apiKeySupplier) {
        this.apiKeySupplier = apiKeySupplier;
    }

    /** {@return the names of the HTTP headers that carry the API key, separated by commas} */
    public String getApiKeyHeader() {
        return apiKeyHeader;
    }

    /**
     * Sets the names of the HTTP headers that carry the API key, separated by commas. The default is {@code
     * api,api_key}.
     *
     * @param apiKeyHeader the names of the HTTP headers that carry the API key, separated by commas
     */
    public void setApiKeyHeader(String apiKeyHeader) {
        this.apiKeyHeader = apiKeyHeader;
    }

    /** {@return the name of the query parameter that carries the API key, or null} */
    public String getApiKeyParameter() {
        return apiKeyParameter;
    }

    /**
     * Sets the name of the query parameter that carries the API key in place of the headers. Null, the default, sends
     * the headers.
     *
     * @param apiKeyParameter the name of the query parameter that carries the API key in place of the headers
     */
    public void setApiKeyParameter(String apiKeyParameter) {
        this.apiKeyParameter = apiKeyParameter;
    }

    /** {@return the login name of a staff member} */
    public String getUsername() {
        return username;
    }

    /**
     * Sets the login name of a staff member. Null if only an API key is used.
     *
     * @param username the login name of a staff member
     */
    public void setUsername(String username) {
        this.username = username;
    }

    /** {@return the password of the staff member} */
    public String getPassword() {
        return password;
    }

    /**
     * Sets the password of the staff member. Null if only an API key is used.
     *
     * @param password the password of the staff member
     */
    public void setPassword(String password) {
        this.password = password;
    }

    /** {@return whether the message of an exception contains what the server says about the failure} */
    public boolean isServerMessageInException() {
        return serverMessageInException;
    }

    /**
     * Sets whether the message of an exception contains what the server says about the failure. False by default.
     *
     * @param serverMessageInException whether the message of an exception contains what the server says about the
     *     failure
     */
    public void setServerMessageInException(boolean serverMessageInException) {
        this.serverMessageInException = serverMessageInException;
    }

    /** {@return the URL of the server} */
    public String getBaseUrl() {
        return baseUrl;
    }

    /**
     * Sets the URL of the server. The default is {@code https://api.clinicea.com}.
     *
     * @param baseUrl the URL of the server
     */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** {@return whether credentials and patient data may be sent over plain http to another machine} */
    public boolean isAllowInsecureHttp() {
        return allowInsecureHttp;
    }

    /**
     * Sets whether credentials and patient data may be sent over plain http to another machine. Off by default.
     *
     * @param allowInsecureHttp whether credentials and patient data may be sent over plain http to another machine
     */
    public void setAllowInsecureHttp(boolean allowInsecureHttp) {
        this.allowInsecureHttp = allowInsecureHttp;
    }

    /** {@return the path on the server, which starts with a slash} */
    public String getPath() {
        return path;
    }

    /**
     * Sets the path on the server, which starts with a slash. Null for the catalogue's path.
     *
     * @param path the path on the server, which starts with a slash
     */
    public void setPath(String path) {
        this.path = path;
    }

    /** {@return the URI of the file that corrects the catalogue, or null} */
    public String getCatalogue() {
        return catalogue;
    }

    /**
     * Sets the URI of the file that corrects the catalogue, such as {@code classpath:clinicea.json}. Null, the default,
     * is the catalogue as shipped.
     *
     * @param catalogue the URI of the file that corrects the catalogue, such as {@code classpath:clinicea.json}
     */
    public void setCatalogue(String catalogue) {
        this.catalogue = catalogue;
    }

    /** {@return the time to wait for a connection, in milliseconds} */
    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * Sets the time to wait for a connection, in milliseconds. The default is 10 seconds.
     *
     * @param connectTimeout the time to wait for a connection, in milliseconds
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** {@return the time to wait for the next bytes of a response, in milliseconds} */
    public long getResponseTimeout() {
        return responseTimeout;
    }

    /**
     * Sets the time to wait for the next bytes of a response, in milliseconds. The default is 30 seconds.
     *
     * @param responseTimeout the time to wait for the next bytes of a response, in milliseconds
     */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    /** {@return the time that one request may take with the body of its response, in milliseconds} */
    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * Sets the time that one request may take with the body of its response, in milliseconds. The default is 60
     * seconds.
     *
     * @param requestTimeout the time that one request may take with the body of its response, in milliseconds
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    /** {@return the time that sending the content of a document may take, in milliseconds} */
    public long getUploadTimeout() {
        return uploadTimeout;
    }

    /**
     * Sets the time that sending the content of a document may take, in milliseconds. The default is 15 minutes.
     *
     * @param uploadTimeout the time that sending the content of a document may take, in milliseconds
     */
    public void setUploadTimeout(long uploadTimeout) {
        this.uploadTimeout = uploadTimeout;
    }

    /** {@return the number of times that a read is repeated after a temporary failure} */
    public int getMaxRetries() {
        return maxRetries;
    }

    /**
     * Sets the number of times that a read is repeated after a temporary failure. The default is 3.
     *
     * @param maxRetries the number of times that a read is repeated after a temporary failure
     */
    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    /** {@return the longest wait before a read is repeated, in milliseconds} */
    public long getMaxRetryWait() {
        return maxRetryWait;
    }

    /**
     * Sets the longest wait before a read is repeated, in milliseconds. The default is 60 seconds.
     *
     * @param maxRetryWait the longest wait before a read is repeated, in milliseconds
     */
    public void setMaxRetryWait(long maxRetryWait) {
        this.maxRetryWait = maxRetryWait;
    }

    /** {@return the number of requests a second that the credential may send} */
    public Double getRequestsPerSecond() {
        return requestsPerSecond;
    }

    /**
     * Sets the number of requests a second that the credential may send. Null or 0 for no limit.
     *
     * @param requestsPerSecond the number of requests a second that the credential may send
     */
    public void setRequestsPerSecond(Double requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
    }

    /** {@return the number of requests that the endpoints of a credential may send in one day; 0 for no budget} */
    public long getRequestsPerDay() {
        return requestsPerDay;
    }

    /**
     * Sets the number of requests that the endpoints of a credential may send in one day; 0 for no budget.
     *
     * @param requestsPerDay the number of requests that the endpoints of a credential may send in one day; 0 for no
     *     budget
     */
    public void setRequestsPerDay(long requestsPerDay) {
        this.requestsPerDay = requestsPerDay;
    }

    /** {@return the number of requests that the endpoints of a credential may send in one month; 0 for no budget} */
    public long getRequestsPerMonth() {
        return requestsPerMonth;
    }

    /**
     * Sets the number of requests that the endpoints of a credential may send in one month; 0 for no budget.
     *
     * @param requestsPerMonth the number of requests that the endpoints of a credential may send in one month; 0 for no
     *     budget
     */
    public void setRequestsPerMonth(long requestsPerMonth) {
        this.requestsPerMonth = requestsPerMonth;
    }

    /** {@return the id of the clinic's time zone; null if it is not known} */
    public String getClinicZone() {
        return clinicZone;
    }

    /**
     * Sets the id of the clinic's time zone, such as {@code Asia/Dubai}; null if it is not known.
     *
     * @param clinicZone the id of the clinic's time zone, such as {@code Asia/Dubai}; null if it is not known
     */
    public void setClinicZone(String clinicZone) {
        this.clinicZone = clinicZone;
    }

    /** {@return the hosts that may receive the content of a document, separated by commas} */
    public String getBlobHosts() {
        return blobHosts;
    }

    /**
     * Sets the hosts that may receive the content of a document, separated by commas. Null for the host of {@code
     * baseUrl} and all hosts below {@code blob.core.windows.net}.
     *
     * @param blobHosts the hosts that may receive the content of a document, separated by commas
     */
    public void setBlobHosts(String blobHosts) {
        this.blobHosts = blobHosts;
    }

    /** {@return the largest row of a list in bytes} */
    public int getMaxRowSize() {
        return maxRowSize;
    }

    /**
     * Sets the largest row of a list in bytes. The default is 4 MiB.
     *
     * @param maxRowSize the largest row of a list in bytes
     */
    public void setMaxRowSize(int maxRowSize) {
        this.maxRowSize = maxRowSize;
    }

    /** {@return the largest response in bytes, after decompression} */
    public long getMaxResponseSize() {
        return maxResponseSize;
    }

    /**
     * Sets the largest response in bytes, after decompression. The default is 32 MiB.
     *
     * @param maxResponseSize the largest response in bytes, after decompression
     */
    public void setMaxResponseSize(long maxResponseSize) {
        this.maxResponseSize = maxResponseSize;
    }

    /** {@return the camel-http component that sends the requests} */
    public HttpComponent getHttpComponent() {
        return httpComponent;
    }

    /**
     * Sets the camel-http component that sends the requests. Null for one that the component configures.
     *
     * @param httpComponent the camel-http component that sends the requests
     */
    public void setHttpComponent(HttpComponent httpComponent) {
        this.httpComponent = httpComponent;
    }

    /** {@return the keys and trusted certificates for TLS} */
    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * Sets the keys and trusted certificates for TLS. Null for the context's global ones, if the component uses them,
     * or those of the Java runtime.
     *
     * @param sslContextParameters the keys and trusted certificates for TLS
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    /** {@return the host name of an HTTP proxy} */
    public String getProxyHost() {
        return proxyHost;
    }

    /**
     * Sets the host name of an HTTP proxy. Null for no proxy.
     *
     * @param proxyHost the host name of an HTTP proxy
     */
    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    /** {@return the port of the HTTP proxy} */
    public Integer getProxyPort() {
        return proxyPort;
    }

    /**
     * Sets the port of the HTTP proxy. Null for no proxy.
     *
     * @param proxyPort the port of the HTTP proxy
     */
    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    /** {@return the type of the message body for a record: {@code Map}, {@code Json}, {@code Node} or a class name} */
    public String getBodyType() {
        return bodyType;
    }

    /**
     * Sets the type of the message body for a record: {@code Map}, {@code Json}, {@code Node} or a class name. The
     * default is {@code Map}.
     *
     * @param bodyType the type of the message body for a record: {@code Map}, {@code Json}, {@code Node} or a class
     *     name
     */
    public void setBodyType(String bodyType) {
        this.bodyType = bodyType;
    }

    /** {@return the repository that stores the checkpoint and the delivery ledger} */
    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    /**
     * Sets the repository that stores the checkpoint and the delivery ledger. Null for one in memory.
     *
     * @param idempotentRepository the repository that stores the checkpoint and the delivery ledger
     */
    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    /** {@return the database that stores the state, or null if {@code idempotentRepository} does} */
    public DataSource getStateDataSource() {
        return stateDataSource;
    }

    /**
     * Sets the database that stores the state, in place of {@code idempotentRepository}. The repository is a {@code
     * JdbcSyncRepository}, which needs camel-sql. Null for none.
     *
     * @param stateDataSource the database that stores the state
     */
    public void setStateDataSource(DataSource stateDataSource) {
        this.stateDataSource = stateDataSource;
    }

    /** {@return the name of this sync in the repository} */
    public String getSyncId() {
        return syncId;
    }

    /**
     * Sets the name of this sync in the repository. Null for the name of the resource.
     *
     * @param syncId the name of this sync in the repository
     */
    public void setSyncId(String syncId) {
        this.syncId = syncId;
    }

    /** {@return whether own writes are marked, and not delivered when they come back as changes} */
    public boolean isSuppressEcho() {
        return suppressEcho;
    }

    /**
     * Sets whether own writes are marked, and not delivered when they come back as changes. Experimental; off by
     * default.
     *
     * @param suppressEcho whether own writes are marked, and not delivered when they come back as changes
     */
    public void setSuppressEcho(boolean suppressEcho) {
        this.suppressEcho = suppressEcho;
    }

    /** {@return the start of the first sync: an ISO 8601 time or {@code now}} */
    public String getSyncFrom() {
        return syncFrom;
    }

    /**
     * Sets the start of the first sync: an ISO 8601 time or {@code now}. The default is {@code 2000-01-01T00:00:00Z}.
     *
     * @param syncFrom the start of the first sync: an ISO 8601 time or {@code now}
     */
    public void setSyncFrom(String syncFrom) {
        this.syncFrom = syncFrom;
    }

    /** {@return the time before the server's clock at which the next poll starts, in milliseconds} */
    public long getOverlap() {
        return overlap;
    }

    /**
     * Sets the time before the server's clock at which the next poll starts, in milliseconds. The default is 5 minutes.
     *
     * @param overlap the time before the server's clock at which the next poll starts, in milliseconds
     */
    public void setOverlap(long overlap) {
        this.overlap = overlap;
    }

    /** {@return the maximum number of pages in flight} */
    public int getPagesInFlight() {
        return pagesInFlight;
    }

    /**
     * Sets the maximum number of pages in flight. The default is 4.
     *
     * @param pagesInFlight the maximum number of pages in flight
     */
    public void setPagesInFlight(int pagesInFlight) {
        this.pagesInFlight = pagesInFlight;
    }

    /** {@return the statuses of the rows to deliver, separated by commas} */
    public String getStatuses() {
        return statuses;
    }

    /**
     * Sets the statuses of the rows to deliver, separated by commas. Null for all.
     *
     * @param statuses the statuses of the rows to deliver, separated by commas
     */
    public void setStatuses(String statuses) {
        this.statuses = statuses;
    }

    /** {@return the maximum number of rows that one poll delivers} */
    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    /**
     * Sets the maximum number of rows that one poll delivers. The default, 0, is no limit.
     *
     * @param maxMessagesPerPoll the maximum number of rows that one poll delivers
     */
    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    /** {@return whether an exchange carries all due rows of a page with the same status} */
    public boolean isBatching() {
        return batching;
    }

    /**
     * Sets whether an exchange carries all due rows of a page with the same status. False by default.
     *
     * @param batching whether an exchange carries all due rows of a page with the same status
     */
    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    /** {@return whether each exchange and its keys in the delivery ledger are one transaction} */
    public boolean isTransacted() {
        return transacted;
    }

    /**
     * Sets whether each exchange and its keys in the delivery ledger are one transaction. False by default.
     *
     * @param transacted whether each exchange and its keys in the delivery ledger are one transaction
     */
    public void setTransacted(boolean transacted) {
        this.transacted = transacted;
    }

    /** {@return the policy that makes the transactions; null for the only one in the registry} */
    public TransactedPolicy getTransactedPolicy() {
        return transactedPolicy;
    }

    /**
     * Sets the policy that makes the transactions of {@code transacted}; null for the only one in the registry.
     *
     * @param transactedPolicy the policy that makes the transactions of {@code transacted}; null for the only one in
     *     the registry
     */
    public void setTransactedPolicy(TransactedPolicy transactedPolicy) {
        this.transactedPolicy = transactedPolicy;
    }

    /** {@return the number of the first page} */
    public Integer getFirstPage() {
        return firstPage;
    }

    /**
     * Sets the number of the first page. Null for the catalogue's number.
     *
     * @param firstPage the number of the first page
     */
    public void setFirstPage(Integer firstPage) {
        this.firstPage = firstPage;
    }

    /** {@return the number of rows of a full page} */
    public Integer getPageSize() {
        return pageSize;
    }

    /**
     * Sets the number of rows of a full page. Null for the catalogue's number.
     *
     * @param pageSize the number of rows of a full page
     */
    public void setPageSize(Integer pageSize) {
        this.pageSize = pageSize;
    }

    /** {@return the name of the query parameter for the checkpoint} */
    public String getSyncParameter() {
        return syncParameter;
    }

    /**
     * Sets the name of the query parameter for the checkpoint. Null for the catalogue's names.
     *
     * @param syncParameter the name of the query parameter for the checkpoint
     */
    public void setSyncParameter(String syncParameter) {
        this.syncParameter = syncParameter;
    }

    /** {@return the name of the query parameter for the page number} */
    public String getPageParameter() {
        return pageParameter;
    }

    /**
     * Sets the name of the query parameter for the page number. Null for the catalogue's name.
     *
     * @param pageParameter the name of the query parameter for the page number
     */
    public void setPageParameter(String pageParameter) {
        this.pageParameter = pageParameter;
    }

    /** {@return the name of the query parameter for the page size} */
    public String getPageSizeParameter() {
        return pageSizeParameter;
    }

    /**
     * Sets the name of the query parameter for the page size. Null for the catalogue's name.
     *
     * @param pageSizeParameter the name of the query parameter for the page size
     */
    public void setPageSizeParameter(String pageSizeParameter) {
        this.pageSizeParameter = pageSizeParameter;
    }

    /** {@return the format of the checkpoint in a request: {@code ISO_OFFSET}, {@code UTC_SECONDS} or a pattern} */
    public String getTimestampFormat() {
        return timestampFormat;
    }

    /**
     * Sets the format of the checkpoint in a request: {@code ISO_OFFSET}, {@code UTC_SECONDS} or a pattern. Null for
     * the catalogue's format.
     *
     * @param timestampFormat the format of the checkpoint in a request: {@code ISO_OFFSET}, {@code UTC_SECONDS} or a
     *     pattern
     */
    public void setTimestampFormat(String timestampFormat) {
        this.timestampFormat = timestampFormat;
    }

    /** {@return the fields that may hold a row's id, separated by commas} */
    public String getIdField() {
        return idField;
    }

    /**
     * Sets the fields that may hold a row's id, separated by commas. Null for the catalogue's fields.
     *
     * @param idField the fields that may hold a row's id, separated by commas
     */
    public void setIdField(String idField) {
        this.idField = idField;
    }

    /** {@return the fields that may hold a row's status, separated by commas} */
    public String getStatusField() {
        return statusField;
    }

    /**
     * Sets the fields that may hold a row's status, separated by commas. Null for the catalogue's fields.
     *
     * @param statusField the fields that may hold a row's status, separated by commas
     */
    public void setStatusField(String statusField) {
        this.statusField = statusField;
    }

    /** {@return the fields that may hold a row's last-change stamp, separated by commas} */
    public String getModifiedField() {
        return modifiedField;
    }

    /**
     * Sets the fields that may hold a row's last-change stamp, separated by commas. Null for the catalogue's fields.
     *
     * @param modifiedField the fields that may hold a row's last-change stamp, separated by commas
     */
    public void setModifiedField(String modifiedField) {
        this.modifiedField = modifiedField;
    }

    /** {@return the fields whose values do not count as a change, separated by commas} */
    public String getIgnoreFields() {
        return ignoreFields;
    }

    /**
     * Sets the fields whose values do not count as a change, separated by commas. Null for none.
     *
     * @param ignoreFields the fields whose values do not count as a change, separated by commas
     */
    public void setIgnoreFields(String ignoreFields) {
        this.ignoreFields = ignoreFields;
    }

    /** {@return the maximum number of pages of a list} */
    public int getMaxPages() {
        return maxPages;
    }

    /**
     * Sets the maximum number of pages of a list. The default is 100000.
     *
     * @param maxPages the maximum number of pages of a list
     */
    public void setMaxPages(int maxPages) {
        this.maxPages = maxPages;
    }

    /** {@return the time without progress after which the health check reports a poll as stuck, in milliseconds} */
    public long getHealthCheckStaleAfter() {
        return healthCheckStaleAfter;
    }

    /**
     * Sets the time without progress after which the health check reports a poll as stuck, in milliseconds. The default
     * is 15 minutes; 0 disables the check.
     *
     * @param healthCheckStaleAfter the time without progress after which the health check reports a poll as stuck, in
     *     milliseconds
     */
    public void setHealthCheckStaleAfter(long healthCheckStaleAfter) {
        this.healthCheckStaleAfter = healthCheckStaleAfter;
    }

    /** {@return the time after which the health check reports a held row, in milliseconds} */
    public long getHealthCheckHeldAfter() {
        return healthCheckHeldAfter;
    }

    /**
     * Sets the time after which the health check reports a held row, in milliseconds. The default is 24 hours; 0
     * disables the check.
     *
     * @param healthCheckHeldAfter the time after which the health check reports a held row, in milliseconds
     */
    public void setHealthCheckHeldAfter(long healthCheckHeldAfter) {
        this.healthCheckHeldAfter = healthCheckHeldAfter;
    }

    /** {@return the maximum number of failed rows kept in memory} */
    public int getMaxHeldRows() {
        return maxHeldRows;
    }

    /**
     * Sets the maximum number of failed rows kept in memory. The default is 1000; 0 keeps none.
     *
     * @param maxHeldRows the maximum number of failed rows kept in memory
     */
    public void setMaxHeldRows(int maxHeldRows) {
        this.maxHeldRows = maxHeldRows;
    }

    /** {@return the time between two attempts of a row that keeps failing, in milliseconds} */
    public long getHeldRowBackoff() {
        return heldRowBackoff;
    }

    /**
     * Sets the time between two attempts of a row that keeps failing, in milliseconds. The default is 10 minutes; 0 is
     * each poll.
     *
     * @param heldRowBackoff the time between two attempts of a row that keeps failing, in milliseconds
     */
    public void setHeldRowBackoff(long heldRowBackoff) {
        this.heldRowBackoff = heldRowBackoff;
    }

    /** {@return the operation to perform} */
    public String getOperation() {
        return operation;
    }

    /**
     * Sets the operation to perform. The header {@code CamelCliniceaOperation} takes precedence. Null if each message
     * names its operation.
     *
     * @param operation the operation to perform
     */
    public void setOperation(String operation) {
        this.operation = operation;
    }

    /** {@return the additional query parameters of the list, by name} */
    public Map<String, Object> getParameters() {
        return parameters;
    }

    /**
     * Sets the additional query parameters of the list, by name. Null for none.
     *
     * @param parameters the additional query parameters of the list, by name
     */
    public void setParameters(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    /** {@return whether to reject arguments that the operation does not define} */
    public Boolean getStrictParameters() {
        return strictParameters;
    }

    /**
     * Sets whether to reject arguments that the operation does not define. Null for the default: writes reject them and
     * reads pass them on.
     *
     * @param strictParameters whether to reject arguments that the operation does not define
     */
    public void setStrictParameters(Boolean strictParameters) {
        this.strictParameters = strictParameters;
    }

    /** {@return whether an update reads its record first and also sends the fields that the message does not give} */
    public boolean isMergeOnUpdate() {
        return mergeOnUpdate;
    }

    /**
     * Sets whether an update reads its record first and also sends the fields that the message does not give. Off by
     * default.
     *
     * @param mergeOnUpdate whether an update reads its record first and also sends the fields that the message does not
     *     give
     */
    public void setMergeOnUpdate(boolean mergeOnUpdate) {
        this.mergeOnUpdate = mergeOnUpdate;
    }

    /** {@return whether a merged update fails without writing if the record changes while it is merged} */
    public boolean isFailOnConflict() {
        return failOnConflict;
    }

    /**
     * Sets whether a merged update fails without writing if the record changes while it is merged. Off by default.
     *
     * @param failOnConflict whether a merged update fails without writing if the record changes while it is merged
     */
    public void setFailOnConflict(boolean failOnConflict) {
        this.failOnConflict = failOnConflict;
    }

    /** {@return whether a list becomes an iterator that reads one page at a time} */
    public boolean isStreamList() {
        return streamList;
    }

    /**
     * Sets whether a list becomes an iterator that reads one page at a time. Off by default.
     *
     * @param streamList whether a list becomes an iterator that reads one page at a time
     */
    public void setStreamList(boolean streamList) {
        this.streamList = streamList;
    }

    /** {@return whether an operation waits for its response on the thread of the route} */
    public boolean isSynchronous() {
        return synchronous;
    }

    /**
     * Sets whether an operation waits for its response on the thread of the route. Off by default.
     *
     * @param synchronous whether an operation waits for its response on the thread of the route
     */
    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
