/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.cli.probe;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.Resource;
import io.github.camelclinicea.catalog.SinceParameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One way in which a server may respond to all that the probe asks, drawn from a seed. */
final class ServerWay {
    static final List<String> VERSIONS = List.of("v1", "v2", "v3");

    /** The treatment of a query parameter that names a moment. */
    enum Name {
        KNOWN,
        IGNORED,
        REFUSED
    }

    /** The order of the rows of a list. */
    enum Order {
        ASCENDING("by stamp, ascending"),
        DESCENDING("by stamp, descending"),
        BY_ID("by id"),
        NONE("none");

        final String words;

        Order(String words) {
            this.words = words;
        }
    }

    /** The response to a page that does not exist. */
    enum NoPage {
        STATUS_204,
        EMPTY,
        STATUS_400,
        STATUS_404,
        STATUS_500,
        /** The nearest page that exists. */
        NEAREST
    }

    /** The treatment of a page size other than 100. */
    enum Size {
        TAKEN,
        IGNORED,
        REFUSED
    }

    /** The way of the since-parameters of a family of lists. */
    static final class Since {
        final Map<String, Name> names = new LinkedHashMap<>();
        final Map<String, Set<SinceFormat>> formats = new LinkedHashMap<>();
        /** A name without which a request is a 404, or null. */
        String required;
        /** Whether a malformed moment is ignored, and not refused. */
        boolean lenient;
        /** Whether a malformed moment gives no rows at all. */
        boolean nothing;

        boolean inclusive;
        boolean encodedColons;
        boolean plainColons;
    }

    /** The way of one list. */
    static final class OneList {
        String resource;
        String path;
        boolean allowed;
        int rows;
        int first;
        NoPage before;
        NoPage behind;
        int fullPage;
        Order order;
        String idField;
        String statusField;
        String stampField;
        boolean differs;
        boolean unset;
        boolean dotNet;
        /** Whether each row has a value of its own in the field of another record's id. */
        boolean refers;
    }

    final long seed;
    final Map<String, Set<KeyForm>> accepted = new LinkedHashMap<>();
    final Map<String, OneList> lists = new LinkedHashMap<>();
    final Map<List<SinceParameter>, Since> since = new LinkedHashMap<>();
    final int refusal;
    final boolean loginWithKey;
    final boolean loginWithoutKey;
    final boolean dated;
    final long clockOffset;
    final boolean limited;
    final Size small;
    final Size large;
    final boolean nobodyIs404;

    private final Random random;

    ServerWay(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 31 + 7);
        refusal = random.nextInt(5) == 0 ? 403 : 401;
        loginWithKey = chance(80);
        loginWithoutKey = chance(50);
        for (String version : VERSIONS) {
            EnumSet<KeyForm> forms = EnumSet.noneOf(KeyForm.class);
            while (forms.isEmpty()) {
                for (KeyForm form : KeyForm.values()) {
                    boolean possible = form != KeyForm.TOKEN || loginWithKey || loginWithoutKey;
                    if (possible && chance(60)) {
                        forms.add(form);
                    }
                }
            }
            accepted.put(version, forms);
        }
        dated = chance(80);
        clockOffset = chance(30) ? 600 : 0;
        limited = chance(30);
        small = one(Size.values());
        large = one(Size.values());
        nobodyIs404 = chance(30);
        Catalogue.shipped().names().stream()
                .map(name -> Catalogue.shipped().resource(name).orElseThrow())
                .filter(resource -> resource.changes() != null)
                .forEach(this::addList);
    }

    private void addList(Resource resource) {
        since.computeIfAbsent(resource.changes().since(), this::drawSince);
        OneList list = new OneList();
        list.resource = resource.name();
        List<String> paths = new ArrayList<>(Probe.paths(resource));
        list.path = paths.size() == 1 && !resource.guessedPath()
                ? paths.get(0)
                : chance(10) ? null : paths.get(random.nextInt(paths.size()));
        list.allowed = chance(93);
        list.rows = one(0, 1, 2, 30, 99, 100, 101, 150, 200, 230);
        list.first = random.nextInt(2);
        list.before = one(NoPage.values());
        list.behind = one(NoPage.STATUS_204, NoPage.STATUS_204, NoPage.EMPTY, NoPage.EMPTY, NoPage.NEAREST);
        list.fullPage = resource.changes().pageSize().name() == null && chance(20) ? 50 : 100;
        list.order = one(Order.values());
        list.idField = field("RecordGUID", resource.changes().idFields());
        list.statusField = field("RowState", resource.changes().statusFields());
        list.stampField = field("UpdatedOn", resource.changes().modifiedFields());
        list.differs = chance(25);
        list.unset = chance(50);
        list.dotNet = chance(20);
        list.refers = new Random(seed + resource.name().hashCode()).nextInt(3) == 0;
        lists.put(resource.name(), list);
    }

    private String field(String odd, List<String> known) {
        return chance(25) ? odd : known.get(random.nextInt(known.size()));
    }

    private Since drawSince(List<SinceParameter> parameters) {
        Since way = new Since();
        way.lenient = chance(25);
        way.inclusive = chance(50);
        way.encodedColons = chance(40);
        way.plainColons = chance(95) || !way.encodedColons;
        boolean usable = false;
        while (!usable) {
            for (SinceParameter parameter : parameters) {
                Name name = one(Name.KNOWN, Name.KNOWN, Name.KNOWN, Name.IGNORED, Name.REFUSED);
                way.names.put(parameter.name(), name);
                EnumSet<SinceFormat> formats = EnumSet.of(one(SinceFormat.values()));
                for (SinceFormat format : SinceFormat.values()) {
                    boolean own = parameter.format().equals(format.format());
                    if (chance(own ? 80 : 40)) {
                        formats.add(format);
                    }
                }
                way.formats.put(parameter.name(), formats);
                usable |= name != Name.REFUSED;
            }
        }
        String first = parameters.get(random.nextInt(parameters.size())).name();
        way.nothing = !way.lenient && chance(20);
        way.required = chance(15) && way.names.get(first) == Name.KNOWN ? first : null;
        return way;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }
}
