/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.SinceParameter;
import io.github.camelclinicea.cli.probe.ServerWay.Name;
import io.github.camelclinicea.cli.probe.ServerWay.NoPage;
import io.github.camelclinicea.cli.probe.ServerWay.OneList;
import io.github.camelclinicea.cli.probe.ServerWay.Since;
import io.github.camelclinicea.cli.probe.ServerWay.Size;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Serves lists in a {@link ServerWay}. Each value of a row has the canary in it. */
final class DifferentServer implements AutoCloseable {
    static final String KEY = "key-SECRET-1";
    static final String USER = "user-SECRET-2";
    static final String PASSWORD = "password-SECRET-3";
    private static final String TOKEN = "token-SECRET-4";

    private static final int USUAL = 100;
    private static final Map<SinceFormat, Pattern> FORMS = Map.of(
            SinceFormat.OFFSET, Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\+00:00"),
            SinceFormat.SECONDS, Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)"),
            SinceFormat.Z, Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)Z"),
            SinceFormat.MILLISECONDS, Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.\\d{3}"),
            SinceFormat.ONE_DIGIT_OFFSET, Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\+0:00"));

    private final ServerWay way;
    private final PlainHttpServer server;
    private final Map<String, ServedList> lists = new HashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    /** A refusal. */
    private static final class Status extends RuntimeException {
        private final int code;

        Status(int code) {
            super(null, null, false, false);
            this.code = code;
        }
    }

    /** A response; a null body is none. */
    private record Response(int status, String body) {}

    DifferentServer(ServerWay way) throws IOException {
        this.way = way;
        way.lists.forEach((name, list) -> {
            if (list.path != null) {
                lists.put(list.path, new ServedList(list, way.seed));
            }
        });
        server = new PlainHttpServer(this::serve);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    int requests() {
        return requests.get();
    }

    /** Returns the list of a resource; null if it has none. */
    ServedList list(String resource) {
        return lists.get(way.lists.get(resource).path);
    }

    private PlainHttpServer.Response serve(PlainHttpServer.Request request) {
        requests.incrementAndGet();
        Response response;
        try {
            response = response(request);
        } catch (Status refusal) {
            response = new Response(refusal.code, ServedList.CANARY + " " + refusal.code);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (way.dated) {
            headers.put("Date", date());
        }
        if (way.limited) {
            headers.put("X-RateLimit-Limit", "120");
            headers.put("X-Patient", ServedList.CANARY);
        }
        return new PlainHttpServer.Response(response.status(), headers, response.body());
    }

    private String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(way.clockOffset));
    }

    private Response response(PlainHttpServer.Request request) {
        if (!request.method().equals("GET")) {
            throw new Status(405);
        }
        int mark = request.target().indexOf('?');
        String path = mark < 0 ? request.target() : request.target().substring(0, mark);
        String raw = mark < 0 ? "" : request.target().substring(mark + 1);
        Map<String, String> query = query(raw);
        if (path.equals(LoginQuestions.PATH)) {
            return logIn(query);
        }
        boolean lookUp = path.startsWith("/api/v2/");
        if (!lookUp && !lists.containsKey(path)) {
            throw new Status(404);
        }
        checkKey(ListQuery.version(path), request, query);
        if (lookUp) {
            return way.nobodyIs404 ? new Response(404, "nobody") : new Response(200, "[]");
        }
        return page(lists.get(path), query, raw);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }

    private Response logIn(Map<String, String> query) {
        boolean withKey = KEY.equals(query.get("apiKey"));
        boolean right = USER.equals(query.get("loginUserName")) && PASSWORD.equals(query.get("pwd"));
        if (!right || !(withKey ? way.loginWithKey : way.loginWithoutKey)) {
            throw new Status(401);
        }
        return new Response(200, '"' + TOKEN + '"');
    }

    private void checkKey(String version, PlainHttpServer.Request request, Map<String, String> query) {
        boolean accepted = false;
        for (KeyForm form : way.accepted.get(version)) {
            accepted |= switch (form) {
                case API -> KEY.equals(request.headers().get("api"));
                case API_KEY -> KEY.equals(request.headers().get("api_key"));
                case QUERY -> KEY.equals(query.get("api_key"));
                case TOKEN -> TOKEN.equals(query.get("api_key"));
            };
        }
        if (!accepted) {
            throw new Status(way.refusal);
        }
    }

    private Response page(ServedList served, Map<String, String> query, String raw) {
        OneList list = served.way();
        if (!list.allowed) {
            throw new Status(401);
        }
        ChangeList known =
                Catalogue.shipped().resource(list.resource).orElseThrow().changes();
        Since since = way.since.get(known.since());
        Instant moment = moment(since, known.since(), query, raw);
        int size = size(known, list, query);
        int index = Integer.parseInt(query.get(known.page().name())) - list.first;
        List<ServedList.Row> rows = served.since(moment, since.inclusive);
        int pages = (rows.size() + size - 1) / size;
        if (index < 0) {
            return noPage(list.before, served, rows, 0, size);
        }
        if (index >= pages) {
            // An empty list is not a page that does not exist.
            return noPage(index == 0 ? NoPage.EMPTY : list.behind, served, rows, pages - 1, size);
        }
        return rows(served, rows, index, size);
    }

    private Response noPage(NoPage kind, ServedList served, List<ServedList.Row> rows, int nearest, int size) {
        return switch (kind) {
            case STATUS_204 -> new Response(204, null);
            case EMPTY -> new Response(200, "[]");
            case STATUS_400 -> throw new Status(400);
            case STATUS_404 -> throw new Status(404);
            case STATUS_500 -> throw new Status(500);
            case NEAREST -> rows.isEmpty() ? new Response(200, "[]") : rows(served, rows, nearest, size);
        };
    }

    private Response rows(ServedList served, List<ServedList.Row> rows, int index, int size) {
        List<ServedList.Row> page = rows.subList(index * size, Math.min(rows.size(), (index + 1) * size));
        return new Response(200, served.json(page, reads.incrementAndGet()));
    }

    private int size(ChangeList known, OneList list, Map<String, String> query) {
        String text = known.pageSize().name() == null
                ? null
                : query.get(known.pageSize().name());
        int asked = text == null ? USUAL : Integer.parseInt(text);
        Size kind = asked == USUAL ? Size.IGNORED : asked < USUAL ? way.small : way.large;
        if (kind == Size.REFUSED) {
            throw new Status(400);
        }
        return kind == Size.TAKEN ? asked : list.fullPage;
    }

    private static Instant moment(Since since, List<SinceParameter> known, Map<String, String> query, String raw) {
        if (since.required != null && !query.containsKey(since.required)) {
            throw new Status(404);
        }
        if (!since.encodedColons && raw.contains("%3A") || !since.plainColons && raw.contains(":")) {
            throw new Status(400);
        }
        Instant moment = null;
        for (SinceParameter parameter : known) {
            String text = query.get(parameter.name());
            Name kind = since.names.get(parameter.name());
            if (text != null && kind == Name.REFUSED) {
                throw new Status(400);
            }
            if (text != null && kind == Name.KNOWN) {
                Instant one = parsed(text, since, parameter.name());
                moment = moment == null || one == Instant.MAX ? one : moment;
            }
        }
        return moment;
    }

    private static Instant parsed(String text, Since since, String name) {
        for (SinceFormat format : since.formats.get(name)) {
            var matcher = FORMS.get(format).matcher(text);
            if (matcher.matches()) {
                try {
                    return LocalDateTime.parse(matcher.group(1)).toInstant(ZoneOffset.UTC);
                } catch (DateTimeException e) {
                    throw new Status(400);
                }
            }
        }
        if (since.nothing) {
            return Instant.MAX;
        }
        if (!since.lenient) {
            throw new Status(400);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
