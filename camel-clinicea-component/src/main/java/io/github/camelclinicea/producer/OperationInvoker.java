/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclinicea.CliniceaConfiguration;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.FirstPage;
import io.github.camelclinicea.client.ListReader;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.http.Parameter;
import io.github.camelclinicea.client.http.Request;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.producer.echo.ChangeListLookup;
import io.github.camelclinicea.producer.echo.EchoMarker;
import io.github.camelclinicea.producer.echo.GuardedWrite;
import io.github.camelclinicea.producer.echo.RecordLookup;
import io.github.camelclinicea.producer.message.ArgumentText;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.ClinicMoments;
import io.github.camelclinicea.producer.message.CredentialCheck;
import io.github.camelclinicea.producer.message.OperationResult;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.RequestBuilder;
import io.github.camelclinicea.producer.message.RowStream;
import io.github.camelclinicea.producer.update.MergedUpdate;
import io.github.camelclinicea.producer.update.ReadSettings;
import io.github.camelclinicea.producer.upload.BodyContent;
import io.github.camelclinicea.producer.upload.Upload;
import io.github.camelclinicea.row.RequestListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Message;

/**
 * Performs the operations of one endpoint. Thread-safe.
 *
 * <p>Specified by {@code CliniceaProducerTest} and {@code OutcomeTest}.
 */
final class OperationInvoker {
    private final CliniceaEndpoint endpoint;
    private final CliniceaConfiguration configuration;
    private final Resource resource;
    private final ChangeList changes;
    private final OperationResolver operations;
    private final BodyFormat bodyFormat;
    private final RecordReader records;
    private final CliniceaClient client;
    private final CredentialCheck credentials;
    private final ClinicMoments moments;
    private final Upload upload;
    private final ListReader lookUps;
    private final ChangeListReader changeList;
    private final MergedUpdate merge;
    private final EchoMarker echo;

    /**
     * @param endpoint the endpoint, with a change list if it suppresses echoes
     * @param operations the operations of its resource
     * @param client sends the requests; not closed
     */
    OperationInvoker(CliniceaEndpoint endpoint, OperationResolver operations, CliniceaClient client) {
        this.endpoint = endpoint;
        this.configuration = endpoint.getConfiguration();
        this.resource = endpoint.resource();
        this.changes = endpoint.changes();
        this.operations = operations;
        this.bodyFormat = endpoint.bodyFormat();
        List<String> idFields = RecordReader.idFields(resource, changes);
        this.records = new RecordReader(bodyFormat, idFields);
        this.client = client;
        this.credentials = new CredentialCheck(endpoint.credentialNames());
        this.moments = new ClinicMoments(endpoint.clinicTimes());
        this.upload = new Upload(
                resource,
                client,
                client.blobStore(Duration.ofMillis(configuration.getUploadTimeout())),
                records,
                endpoint.blobHosts());
        this.lookUps = new ListReader(client, idFields, List.of(), List.of(), configuration.getMaxRowSize());
        this.changeList = changes == null ? null : endpoint.readableChangeListReader(client);
        this.merge = configuration.isMergeOnUpdate() ? merge() : null;
        this.echo = configuration.isSuppressEcho() ? echo() : null;
    }

    private MergedUpdate merge() {
        ReadSettings settings = new ReadSettings(
                resource,
                changes,
                configuration.getPath(),
                endpoint::paging,
                configuration.getFirstPage(),
                configuration.getMaxPages(),
                configuration.getMaxRowSize(),
                moments);
        return new MergedUpdate(settings, configuration.isFailOnConflict(), client);
    }

    private EchoMarker echo() {
        return EchoMarker.of(
                endpoint.startedRepository(),
                endpoint.syncId(),
                new RecordLookup(client, resource, configuration.getPath(), records),
                new ChangeListLookup(
                        resource.name(),
                        changeList,
                        FirstPage.of(configuration.getFirstPage(), changes.page()),
                        changes.pageSize().rows()),
                changes);
    }

    /**
     * Performs an operation.
     *
     * @param operation the operation
     * @param given the arguments of the message
     * @param message the message; an upload takes its body, and a merged update sets its conflict header
     * @param listener is notified of the operation's own requests, and not of those that look a record up
     * @return the result of the request
     * @throws IllegalArgumentException if an argument is wrong; nothing has been sent
     * @throws CliniceaException if a request fails
     * @throws InterruptedException if interrupted while waiting for a response
     */
    OperationResult invoke(Operation operation, Arguments given, Message message, RequestListener listener)
            throws CliniceaException, InterruptedException {
        Arguments arguments = moments.replaceIn(given, operation);
        credentials.check(operation, arguments);
        // Rejects wrong arguments before anything is sent, reads included.
        Request checked = request(operation, arguments);
        if (operation.content()) {
            return upload(checked, message, listener);
        }
        if (operation.answer() == Operation.Answer.LIST) {
            return rows(operation, checked, listener);
        }
        try (GuardedWrite write = guard(operation, arguments, message)) {
            Request request = merges(operation) ? merged(operation, arguments, write, message) : checked;
            OperationResult result = send(operation, request, arguments.recordId(), listener);
            write.mark(result);
            return result;
        }
    }

    private Request request(Operation operation, Arguments arguments) {
        Boolean option = configuration.getStrictParameters();
        boolean strict = option == null ? !operation.readOnly() && !operation.openArguments() : option;
        return new RequestBuilder(resource, operation, configuration.getPath(), strict).request(arguments);
    }

    private OperationResult upload(Request registration, Message message, RequestListener listener)
            throws CliniceaException, InterruptedException {
        try (BodyContent content = BodyContent.of(message)) {
            return upload.send(registration, content, listener);
        }
    }

    private GuardedWrite guard(Operation operation, Arguments arguments, Message message) throws InterruptedException {
        // A consumer sees what a transaction writes to the repository only after its end, which may be too late.
        boolean marksEcho =
                echo != null && !operation.readOnly() && !message.getExchange().isTransacted();
        return marksEcho ? GuardedWrite.of(echo, operation, arguments) : GuardedWrite.UNGUARDED;
    }

    private boolean merges(Operation operation) {
        return merge != null && MergedUpdate.isFor(operation);
    }

    private Request merged(Operation update, Arguments arguments, GuardedWrite write, Message message)
            throws CliniceaException, InterruptedException {
        return request(update, merge.merge(update, arguments, write.recordBefore(resource.readFor(update)), message));
    }

    private OperationResult send(Operation operation, Request request, String recordId, RequestListener listener)
            throws CliniceaException, InterruptedException {
        boolean returnsRecord = operation.readOnly() || operation.method().equals("PUT");
        String expectedId = returnsRecord ? recordId : null;
        return client.call(request, response -> records.one(request, response, expectedId), listener);
    }

    /**
     * Lists the rows of the look-up that fits the arguments of a message, or all changes if it has none.
     *
     * @param message the message
     * @param listener is notified of the requests
     * @return the rows, or a stream of them
     * @throws IllegalArgumentException if an argument is wrong; nothing has been sent
     * @throws CliniceaException if a request fails
     * @throws InterruptedException if interrupted while waiting for a response
     */
    OperationResult list(Message message, RequestListener listener) throws CliniceaException, InterruptedException {
        Map<String, JsonNode> given = Arguments.parameters(message);
        Optional<Operation> lookUp = operations.lookUp(given.keySet());
        return lookUp.isPresent()
                ? invoke(lookUp.get(), Arguments.of(message, lookUp.get()), message, listener)
                : changes(given, listener);
    }

    private OperationResult changes(Map<String, JsonNode> given, RequestListener listener)
            throws CliniceaException, InterruptedException {
        List<Parameter> query = new ArrayList<>();
        for (Argument argument : changes.arguments()) {
            String value = ArgumentText.of(argument, given.get(argument.name()), "list");
            if (value != null) {
                query.add(new Parameter(argument.name(), value));
            }
        }
        Instant from = endpoint.syncFrom();
        Instant since = from == null ? Instant.now() : from;
        PagedList list = new PagedList(
                resource.name(),
                number -> changeList.read(since, number, query, listener),
                FirstPage.of(configuration.getFirstPage(), changes.page()),
                configuration.getMaxPages(),
                changes.pageSize().rows());
        return rows("list", list);
    }

    private OperationResult rows(Operation operation, Request request, RequestListener listener)
            throws CliniceaException, InterruptedException {
        PagedList list = PagedList.of(
                lookUps,
                request,
                endpoint.paging(operation),
                configuration.getFirstPage(),
                configuration.getMaxPages(),
                listener);
        return rows(operation.name(), list);
    }

    private OperationResult rows(String operation, PagedList list) throws CliniceaException, InterruptedException {
        RowStream rows = new RowStream(resource.name(), operation, list, bodyFormat, client);
        Object body = configuration.isStreamList() ? rows : rows.toList();
        return OperationResult.ofList(body);
    }
}
