package io.github.camelclinicea.producer;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaEndpoint;
import io.github.camelclinicea.CliniceaException;
import io.github.camelclinicea.CliniceaOperation;
import io.github.camelclinicea.catalog.Argument;
import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.Operation;
import io.github.camelclinicea.catalog.Operation.Answer;
import io.github.camelclinicea.catalog.Paging;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.client.BodyFormat;
import io.github.camelclinicea.client.ChangeListReader;
import io.github.camelclinicea.client.CliniceaClient;
import io.github.camelclinicea.client.ListReader;
import io.github.camelclinicea.client.PagedList;
import io.github.camelclinicea.client.Parameter;
import io.github.camelclinicea.client.WireAnswer;
import io.github.camelclinicea.client.WireCall;
import io.github.camelclinicea.client.WireRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Makes one call for each exchange. What fails is on the exchange: a wrong argument as an {@code IllegalArgumentException}
 * before anything was sent, a failed call as a {@link CliniceaException}.
 *
 * <p>The HTTP client waits for its answers, so a call needs a thread for as long as it takes. It is one of the component's
 * {@link CallThreads}, so that the route's own thread is free; unless all of those are busy, or the exchange must not leave
 * its thread.
 */
public class CliniceaProducer extends DefaultAsyncProducer {
    private final CliniceaEndpoint endpoint;
    private final Resource resource;
    private final ChangeList changes;

    private BodyFormat bodyFormat;
    private CliniceaClient client;
    private ListReader lookUps;
    private ChangeListReader changeList;
    private Answers answers;

    /** Made by the endpoint. */
    public CliniceaProducer(CliniceaEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.resource = endpoint.resource();
        this.changes = endpoint.changes();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        bodyFormat = endpoint.bodyFormat();
        answers = new Answers(bodyFormat, idFields());
        String configured = endpoint.getConfiguration().getOperation();
        if (configured != null) {
            requireKnown(configured);
        }
    }

    /** Writes answer with {@code ID} (wire-contract section 3), whatever the id is called in the change list. */
    private List<String> idFields() {
        Set<String> fields = new LinkedHashSet<>();
        if (changes != null) {
            fields.addAll(changes.idFields());
        }
        fields.addAll(Catalogue.shipped()
                .byHelp(resource.name(), resource.path())
                .changes()
                .idFields());
        return List.copyOf(fields);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = endpoint.newClient();
        lookUps = new ListReader(client, List.of(), List.of(), List.of());
        changeList = changes == null ? null : endpoint.changeListReader(client);
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        // A transaction belongs to its thread.
        boolean mayLeave =
                !exchange.isTransacted() && !endpoint.getConfiguration().isSynchronous();
        if (mayLeave
                && endpoint.callThreads().take(() -> {
                    callHere(exchange);
                    callback.done(false);
                })) {
            return false;
        }
        callHere(exchange);
        callback.done(true);
        return true;
    }

    private void callHere(Exchange exchange) {
        try {
            process(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
    }

    /** On the thread of the caller: whoever calls this waits anyway. */
    @Override
    public void process(Exchange exchange) throws Exception {
        // Camel has put the whole URI there, secrets included; whoever logs the exchange's properties would log them.
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint.toString());
        Message message = exchange.getMessage();
        String wanted = message.getHeader(
                CliniceaConstants.OPERATION, endpoint.getConfiguration().getOperation(), String.class);
        if (wanted == null) {
            throw new IllegalArgumentException("No operation: set the option operation or the header "
                    + CliniceaConstants.OPERATION + " to one of " + operations());
        }
        requireKnown(wanted);
        Map<String, String> parameters = Arguments.parameters(message);
        Operation operation = choose(wanted, parameters.keySet());
        if (operation == null) {
            List<Object> rows = listChanges(parameters);
            headers(message, wanted, null, 200);
            message.setBody(rows);
            return;
        }
        WireCall call = new CallBuilder(
                        resource.name(),
                        resource.path(),
                        operation,
                        endpoint.getConfiguration().getPath())
                .call(Arguments.of(message, operation.takesBody()));
        if (operation.answer() == Answer.LIST) {
            List<Object> rows = list(operation.paging(), call);
            headers(message, wanted, null, 200);
            message.setBody(rows);
        } else {
            WireAnswer answer = client.call(call);
            Answers.Answer one = answers.one(call, answer);
            // Before the body: where that cannot be bound, the id of a new record must not be lost with it.
            headers(message, operation.verb(), one.recordId(), answer.status());
            message.setBody(one.body());
        }
    }

    private void requireKnown(String wanted) {
        if (!operations().contains(wanted)) {
            throw new IllegalArgumentException("Unknown operation '" + wanted + "' for " + resource.name()
                    + ": set the option operation or the header " + CliniceaConstants.OPERATION + " to one of "
                    + operations());
        }
    }

    /** @return the verbs that this resource has, then the names of the catalogue's rows */
    private Set<String> operations() {
        Set<String> names = new LinkedHashSet<>();
        for (CliniceaOperation operation : CliniceaOperation.values()) {
            boolean listsChanges = operation == CliniceaOperation.LIST && changes != null;
            if (listsChanges || !resource.operationsFor(operation.verb()).isEmpty()) {
                names.add(operation.verb());
            }
        }
        resource.operations().forEach(operation -> names.add(operation.name()));
        return names;
    }

    /** @return the operation; null for the list of all changes */
    private Operation choose(String wanted, Set<String> given) {
        if (resource.operation(wanted).isPresent()) {
            return resource.operation(wanted).get();
        }
        List<Operation> candidates = resource.operationsFor(wanted);
        if (!wanted.equals(CliniceaOperation.LIST.verb())) {
            return candidates.get(0);
        }
        return candidates.stream()
                .filter(look -> given.containsAll(look.required()))
                .findFirst()
                .orElseGet(() -> listOfChanges(candidates, given));
    }

    /** No look-up fits. What is left must not be the whole clinic because an argument was misspelt. */
    private Operation listOfChanges(List<Operation> lookUps, Set<String> given) {
        if (changes == null) {
            return lookUps.get(0);
        }
        List<String> taken = changes.arguments().stream().map(Argument::name).toList();
        if (!taken.containsAll(given)) {
            throw new IllegalArgumentException(
                    "The arguments " + given + " of list fit no look-up of " + resource.name()
                            + ": "
                            + lookUps.stream()
                                    .map(look -> look.name() + " needs " + look.required())
                                    .toList()
                            + "; without arguments, all changes since syncFrom are listed");
        }
        return null;
    }

    private List<Object> listChanges(Map<String, String> parameters)
            throws CliniceaException, InterruptedException, IOException {
        List<Parameter> further = parameters.entrySet().stream()
                .map(argument -> new Parameter(argument.getKey(), argument.getValue()))
                .toList();
        Instant from = endpoint.syncFrom();
        Instant since = from == null ? Instant.now() : from;
        return bodies(PagedList.readAll(
                resource.name(),
                number -> changeList.read(since, number, further),
                changes.page().first(),
                endpoint.getConfiguration().getMaxPages(),
                changes.pageSize().rows()));
    }

    private List<Object> list(Paging paging, WireCall call) throws Exception {
        return bodies(
                paging == null
                        ? lookUps.read(call).rows()
                        : PagedList.readAll(
                                resource.name(),
                                number -> lookUps.read(call, paging, number),
                                paging.page().first(),
                                endpoint.getConfiguration().getMaxPages(),
                                paging.pageSize().rows()));
    }

    private List<Object> bodies(List<WireRow> rows) throws IOException {
        List<Object> bodies = new ArrayList<>(rows.size());
        for (WireRow row : rows) {
            bodies.add(bodyFormat.body(row.json()));
        }
        return bodies;
    }

    /** An id that came in says nothing of what a create or a list gave. */
    private static void headers(Message message, String operation, String recordId, int status) {
        boolean stale = CliniceaOperation.CREATE.verb().equals(operation)
                || CliniceaOperation.LIST.verb().equals(operation);
        if (recordId != null) {
            message.setHeader(CliniceaConstants.RECORD_ID, recordId);
        } else if (stale) {
            message.removeHeader(CliniceaConstants.RECORD_ID);
        }
        message.setHeader(CliniceaConstants.RESPONSE_CODE, status);
    }
}
