/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.producer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
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
import io.github.camelclinicea.client.http.Response;
import io.github.camelclinicea.client.json.BodyFormat;
import io.github.camelclinicea.client.json.Json;
import io.github.camelclinicea.producer.echo.ChangeListLookup;
import io.github.camelclinicea.producer.echo.EchoMarker;
import io.github.camelclinicea.producer.message.ArgumentText;
import io.github.camelclinicea.producer.message.Arguments;
import io.github.camelclinicea.producer.message.CredentialCheck;
import io.github.camelclinicea.producer.message.RecordReader;
import io.github.camelclinicea.producer.message.Reply;
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
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Message;

/** Makes the calls of one endpoint: an operation and a message's arguments in, a reply out. */
final class OperationInvoker {
    private final CliniceaEndpoint endpoint;
    private final Resource resource;
    private final ChangeList changes;
    private final OperationResolver operations;
    private final BodyFormat bodyFormat;
    private final RecordReader records;
    private final CliniceaClient client;
    private final CredentialCheck credentials;
    private final Upload upload;
    private final ListReader lookUps;
    private final ChangeListReader changeList;
    private final EchoMarker echo;

    /**
     * @param endpoint what the calls are of
     * @param operations its operations
     * @param client makes the requests; not closed
     */
    OperationInvoker(CliniceaEndpoint endpoint, OperationResolver operations, CliniceaClient client) {
        this.endpoint = endpoint;
        this.resource = endpoint.resource();
        this.changes = endpoint.changes();
        this.operations = operations;
        this.bodyFormat = endpoint.bodyFormat();
        this.records = new RecordReader(bodyFormat, RecordReader.idFields(resource, changes));
        this.client = client;
        this.credentials = new CredentialCheck(endpoint.credentialNames());
        this.upload = new Upload(
                resource,
                client,
                client.blobStore(Duration.ofMillis(endpoint.getConfiguration().getUploadTimeout())),
                records,
                endpoint.blobHosts());
        this.lookUps = new ListReader(
                client,
                RecordReader.idFields(resource, changes),
                List.of(),
                List.of(),
                endpoint.getConfiguration().getMaxRowSize());
        this.changeList = changes == null ? null : endpoint.readableChangeListReader(client);
        this.echo = endpoint.getConfiguration().isSuppressEcho() ? echoMarker() : null;
    }

    private EchoMarker echoMarker() {
        return EchoMarker.of(
                endpoint.startedRepository(),
                endpoint.syncId(),
                this::record,
                new ChangeListLookup(
                        resource.name(),
                        changeList,
                        FirstPage.of(endpoint.getConfiguration().getFirstPage(), changes.page()),
                        changes.pageSize().rows()),
                changes);
    }

    private ObjectNode record(String id) throws CliniceaException, InterruptedException {
        Operation get =
                operations.choose(CliniceaOperation.GET.verb(), Set.of()).orElseThrow();
        Request call = RequestBuilder.ofRead(
                        resource, get, endpoint.getConfiguration().getPath())
                .call(new Arguments(Json.mapper().createObjectNode(), Map.of(), id));
        return client.call(call, answer -> records.fields(call, answer));
    }

    /**
     * @param wanted an operation that is known
     * @param message its arguments
     * @param about told the id of the record that the call is about, perhaps null, before anything is sent
     * @return what came of it
     * @throws IllegalArgumentException if an argument is wrong; nothing has been sent
     */
    Reply make(String wanted, Message message, Consumer<String> about) throws CliniceaException, InterruptedException {
        Map<String, JsonNode> parameters = Arguments.parameters(message);
        Optional<Operation> operation = operations.choose(wanted, parameters.keySet());
        return operation.isPresent() ? make(operation.get(), message, about) : changes(parameters);
    }

    private Reply make(Operation operation, Message message, Consumer<String> about)
            throws CliniceaException, InterruptedException {
        Arguments arguments = Arguments.of(message, operation.takesBody());
        about.accept(arguments.idFor(operation));
        credentials.check(operation, arguments);
        // What is wrong with an argument is to be told before anything is sent, the reads included.
        Request call = call(operation, arguments);
        if (operation.content()) {
            return upload(call, message);
        }
        // What a transaction writes to the repository, a consumer does not see until it is too late.
        if (echo == null || operation.readOnly() || message.getExchange().isTransacted()) {
            return make(operation, arguments, call, message, answer -> {});
        }
        return echo.over(operation, arguments, answered -> make(operation, arguments, call, message, answered));
    }

    private Reply upload(Request registration, Message message) throws CliniceaException, InterruptedException {
        try (BodyContent content = BodyContent.of(message)) {
            return upload.make(registration, content);
        }
    }

    private Reply make(
            Operation operation, Arguments arguments, Request call, Message message, Consumer<Response> answered)
            throws CliniceaException, InterruptedException {
        if (endpoint.getConfiguration().isMergeOnUpdate() && MergedUpdate.isFor(operation)) {
            return new MergedUpdate(
                            readSettings(),
                            endpoint.getConfiguration().isFailOnConflict(),
                            client,
                            (update, merged) -> send(update, call(update, merged), merged.idFor(update), answered))
                    .make(operation, arguments, message);
        }
        boolean answersRecord = operation.readOnly() || operation.method().equals("PUT");
        String asked = answersRecord ? arguments.idFor(operation) : null;
        return send(operation, call, asked, answered);
    }

    private ReadSettings readSettings() {
        return new ReadSettings(
                resource,
                changes,
                endpoint.getConfiguration().getPath(),
                endpoint::paging,
                endpoint.getConfiguration().getFirstPage(),
                endpoint.getConfiguration().getMaxPages(),
                endpoint.getConfiguration().getMaxRowSize());
    }

    private Request call(Operation operation, Arguments arguments) {
        return new RequestBuilder(
                        resource, operation, endpoint.getConfiguration().getPath(), strict(operation))
                .call(arguments);
    }

    /** @param asked the id of the record that is to be answered; null if any may be */
    private Reply send(Operation operation, Request call, String asked, Consumer<Response> answered)
            throws CliniceaException, InterruptedException {
        if (operation.answer() == Operation.Answer.LIST) {
            return rows(
                    operation.name(),
                    PagedList.of(
                            lookUps,
                            call,
                            endpoint.paging(operation),
                            endpoint.getConfiguration().getFirstPage(),
                            endpoint.getConfiguration().getMaxPages()));
        }
        return client.call(call, answer -> {
            Reply reply = records.one(call, answer, asked);
            answered.accept(answer);
            return reply;
        });
    }

    private boolean strict(Operation operation) {
        Boolean option = endpoint.getConfiguration().getStrictParameters();
        return option == null ? !operation.readOnly() : option;
    }

    private Reply changes(Map<String, JsonNode> given) throws CliniceaException, InterruptedException {
        List<Parameter> further = new ArrayList<>();
        for (Argument argument : changes.arguments()) {
            String value = ArgumentText.of(argument, given.get(argument.name()), "list");
            if (value != null) {
                further.add(new Parameter(argument.name(), value));
            }
        }
        Instant from = endpoint.syncFrom();
        Instant since = from == null ? Instant.now() : from;
        return rows(
                "list",
                new PagedList(
                        resource.name(),
                        number -> changeList.read(since, number, further, RequestListener.NONE),
                        FirstPage.of(endpoint.getConfiguration().getFirstPage(), changes.page()),
                        endpoint.getConfiguration().getMaxPages(),
                        changes.pageSize().rows()));
    }

    private Reply rows(String operation, PagedList list) throws CliniceaException, InterruptedException {
        RowStream rows = new RowStream(resource.name(), operation, list, bodyFormat, client);
        Object body = endpoint.getConfiguration().isStreamList() ? rows : rows.toList();
        return new Reply(200, null, false, () -> body);
    }
}
