/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelclinicea.client.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Serves a clinic of patients that several users write to: a change list, a look-up of one patient, and the help page's
 * verbs. A test can make another user's write happen before or after the server performs a request. So the write falls
 * between any two steps of the code under test.
 */
public final class EchoClinic implements AutoCloseable {
    /** Names the kinds of requests. */
    public enum Ask {
        LIST,
        LOOK,
        CREATE,
        UPDATE,
        DELETE
    }

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final String LIST_PATH = "/api/v1/patients";

    private record Patient(Map<String, String> fields, String status, Instant stamp) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Patient> patients = new TreeMap<>();
    private final Map<Ask, Runnable> before = new EnumMap<>(Ask.class);
    private final Map<Ask, Runnable> after = new EnumMap<>(Ask.class);
    private final Map<Ask, Integer> asked = new EnumMap<>(Ask.class);
    private Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int pageSize = 100;
    private boolean answersInFull = true;
    private boolean counts;
    private boolean listsCapitals;
    private boolean looksUpDeleted;
    private String lookUpId = "PatientID";
    private final Set<String> listedOnly = new TreeSet<>();
    private int firstPage;
    private final Map<Integer, Deque<Integer>> oddAnswers = new TreeMap<>();

    public EchoClinic() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(LIST_PATH, this::serve);
        server.createContext("/api/v3/patients/getPatientByID", http -> answered(http, Ask.LOOK, () -> look(http)));
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Sets the clock, which stands still at this second. */
    public synchronized void at(Instant moment) {
        second = moment.truncatedTo(ChronoUnit.SECONDS);
    }

    public synchronized void pageSize(int rows) {
        pageSize = rows;
    }

    /** Lets the response to a create have only the id. */
    public synchronized void answersWithIdOnly() {
        answersInFull = false;
    }

    /** Lets the change list spell ids in capitals. */
    public synchronized void listsIdsInCapitals() {
        listsCapitals = true;
    }

    /** Lets only the change list show this field, and no look-up. */
    public synchronized void listsOnly(String field) {
        listedOnly.add(field);
    }

    /** Sets the name of the id field in look-ups, which then differs from the name in the change list. */
    public synchronized void callsIdInLookUps(String field) {
        lookUpId = field;
    }

    /** Lets look-ups show deleted patients. */
    public synchronized void looksUpDeleted() {
        looksUpDeleted = true;
    }

    /** Deletes a patient as another user does on the clinic's screen. */
    public synchronized void deleteByAnother(String id) {
        patients.put(id, new Patient(patients.get(id).fields(), "Deleted", second));
    }

    /** Counts the pages of the change list from 1, and refuses page 0. */
    public synchronized void countPagesFrom1() {
        firstPage = 1;
    }

    /** Sets the statuses of the next responses to a page of the change list. A 204 is a wrong end of the list. */
    public synchronized void answerPage(int number, Integer... statuses) {
        oddAnswers.put(number, new ArrayDeque<>(List.of(statuses)));
    }

    /** Counts the changes of each record in a field of its own. */
    public synchronized void countsChanges() {
        counts = true;
    }

    /** Edits a patient as another user does on the clinic's screen. */
    public synchronized void edit(String id, String field, String value) {
        Patient patient = patients.get(id);
        Map<String, String> fields = patient == null ? new TreeMap<>() : new TreeMap<>(patient.fields());
        fields.put(field, value);
        put(id, fields, patient == null ? "Added" : "Modified");
    }

    /** Removes a field as another user, so that neither look-ups nor the change list show it. */
    public synchronized void remove(String id, String field) {
        Map<String, String> fields = new TreeMap<>(patients.get(id).fields());
        fields.remove(field);
        put(id, fields, "Modified");
    }

    private void put(String id, Map<String, String> fields, String status) {
        if (counts) {
            fields.merge("Changes", "1", (old, one) -> Integer.toString(Integer.parseInt(old) + 1));
        }
        patients.put(id, new Patient(fields, status, second));
    }

    public synchronized Map<String, String> fields(String id) {
        return Map.copyOf(patients.get(id).fields());
    }

    public synchronized boolean isThere(String id) {
        return patients.containsKey(id) && !patients.get(id).status().equals("Deleted");
    }

    public synchronized List<String> ids() {
        return List.copyOf(patients.keySet());
    }

    /** Runs an action once, before the server performs the next such request. */
    public synchronized void beforeNext(Ask ask, Runnable what) {
        before.put(ask, what);
    }

    /** Runs an action once, after the server has performed the next such request and before it responds. */
    public synchronized void afterNext(Ask ask, Runnable what) {
        after.put(ask, what);
    }

    public synchronized int asked(Ask ask) {
        return asked.getOrDefault(ask, 0);
    }

    private void serve(HttpExchange http) throws IOException {
        Ask ask =
                switch (http.getRequestMethod()) {
                    case "GET" -> Ask.LIST;
                    case "POST" -> Ask.CREATE;
                    case "PUT" -> Ask.UPDATE;
                    default -> Ask.DELETE;
                };
        answered(http, ask, () -> switch (ask) {
            case LIST -> list(http);
            case CREATE -> create(http);
            case UPDATE -> update(http);
            default -> delete(http);
        });
    }

    private static final class OddAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        OddAnswer(int status) {
            this.status = status;
        }
    }

    private interface Work {
        String done() throws IOException;
    }

    /** Performs a request. The action runs without a lock, because it may be a poll. */
    private void answered(HttpExchange http, Ask ask, Work work) throws IOException {
        try {
            take(before, ask).run();
            String body;
            synchronized (this) {
                asked.merge(ask, 1, Integer::sum);
                body = work.done();
            }
            take(after, ask).run();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(bytes.length == 0 ? 204 : 200, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                http.getResponseBody().write(bytes);
            }
        } catch (OddAnswer odd) {
            http.sendResponseHeaders(odd.status, -1);
        } catch (IllegalStateException e) {
            http.sendResponseHeaders(500, -1);
        } finally {
            http.close();
        }
    }

    private synchronized Runnable take(Map<Ask, Runnable> hooks, Ask ask) {
        Runnable what = hooks.remove(ask);
        return what == null ? () -> {} : what;
    }

    private String list(HttpExchange http) {
        Map<String, String> query = query(http);
        int page = Integer.parseInt(query.get("intPageNo"));
        if (page < firstPage) {
            throw new OddAnswer(400);
        }
        Deque<Integer> odd = oddAnswers.getOrDefault(page, new ArrayDeque<>());
        if (!odd.isEmpty()) {
            throw new OddAnswer(odd.remove());
        }
        Instant since = LocalDateTime.parse(query.get("lastSyncDate")).toInstant(ZoneOffset.UTC);
        String rows = patients.entrySet().stream()
                .filter(patient -> !patient.getValue().stamp().isBefore(since))
                .sorted(Comparator.comparing(patient -> patient.getValue().stamp()))
                .skip((long) (page - firstPage) * pageSize)
                .limit(pageSize)
                .map(patient ->
                        json(listed(patient.getKey()), patient.getValue()).toString())
                .collect(Collectors.joining(","));
        return rows.isEmpty() ? "" : "[" + rows + "]";
    }

    private String listed(String id) {
        return listsCapitals ? id.toUpperCase(Locale.ROOT) : id;
    }

    private String look(HttpExchange http) {
        String id = query(http).get("patientID");
        if (!isThere(id) && !looksUpDeleted) {
            return "";
        }
        ObjectNode patient = json(id, patients.get(id)).remove(listedOnly);
        return patient.<ObjectNode>without(List.of("PatientID"))
                .put(lookUpId, id)
                .toString();
    }

    private String create(HttpExchange http) throws IOException {
        String id = "new" + patients.size();
        Map<String, String> fields = sent(http);
        fields.put("FileNo", "F-" + patients.size());
        put(id, fields, "Added");
        ObjectNode whole = json(id, patients.get(id));
        return (answersInFull ? whole : Json.mapper().createObjectNode().put("ID", id)).toString();
    }

    private String update(HttpExchange http) throws IOException {
        String id = id(http);
        Map<String, String> fields = new TreeMap<>(patients.get(id).fields());
        fields.putAll(sent(http));
        put(id, fields, "Modified");
        return "";
    }

    private String delete(HttpExchange http) {
        patients.put(id(http), new Patient(patients.get(id(http)).fields(), "Deleted", second));
        return "";
    }

    private static String id(HttpExchange http) {
        return http.getRequestURI().getPath().substring(LIST_PATH.length() + 1);
    }

    private static Map<String, String> sent(HttpExchange http) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        Json.mapper()
                .readTree(http.getRequestBody().readAllBytes())
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static ObjectNode json(String id, Patient patient) {
        ObjectNode row = Json.mapper().createObjectNode().put("PatientID", id);
        patient.fields().forEach(row::put);
        return row.put("DataStatusStr", patient.status())
                .put("ModifiedDatetime", STAMP.format(LocalDateTime.ofInstant(patient.stamp(), ZoneOffset.UTC)));
    }

    private static Map<String, String> query(HttpExchange http) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : http.getRequestURI().getQuery().split("&")) {
            List<String> parts = new ArrayList<>(List.of(pair.split("=", 2)));
            query.put(parts.get(0), parts.get(1));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
