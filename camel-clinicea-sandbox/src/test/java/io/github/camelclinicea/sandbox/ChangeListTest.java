/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.sandbox;

import static io.github.camelclinicea.sandbox.Caller.EVER;
import static io.github.camelclinicea.sandbox.Caller.column;
import static io.github.camelclinicea.sandbox.Caller.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclinicea.catalog.Catalogue;
import io.github.camelclinicea.catalog.ChangeList;
import io.github.camelclinicea.catalog.TimestampFormat;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeListTest {
    private static final String START = "2026-03-01T12:00:00";

    private final SteppingClock clock = new SteppingClock(START + ".700Z");

    @RegisterExtension
    final CliniceaSandboxExtension clinicea = CliniceaSandboxExtension.with(CliniceaSandbox.builder()
            .clock(clock)
            .patients(200)
            .appointments(130)
            .bills(60));

    private Caller caller;

    @BeforeEach
    void call() {
        caller = new Caller(clinicea.sandbox());
    }

    static Stream<String> resourcesWithChanges() {
        return Stream.concat(
                Catalogue.shipped().names().stream().filter(name -> changes(name) != null), Stream.of("tasks"));
    }

    @ParameterizedTest
    @MethodSource("resourcesWithChanges")
    void givenACatalogueResource_whenAskedSinceEver_thenEveryRowComesOnceAndThen204(String resource) {
        ChangeList list = changes(resource);
        List<Object> ids = new ArrayList<>();
        int page = list.page().first();
        HttpResponse<String> response = caller.get(url(list, page));
        while (response.statusCode() == 200) {
            ids.addAll(column(rows(response), list.idFields().get(0)));
            response = caller.get(url(list, ++page));
        }
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(ids)
                .isNotEmpty()
                .doesNotContainNull()
                .containsExactlyInAnyOrderElementsOf(clinicea.clinic().ids(resource));
    }

    @Test
    void givenAnExactMultipleOfAHundred_whenPaged_thenThePageAfterTheLastFullOneIsA204WithoutABody() {
        assertThat(caller.pagesOfPatients(EVER)).extracting(List::size).containsExactly(100, 100);
        HttpResponse<String> past = caller.get("/api/v1/patients?lastSyncDate=" + EVER + "&intPageNo=2");
        assertThat(past.statusCode()).isEqualTo(204);
        assertThat(past.body()).isEmpty();
        assertThat(past.headers().firstValue("Transfer-Encoding")).isEmpty();
        assertThat(caller.get("/api/v1/patients?lastSyncDate=" + EVER + "&intPageNo=999999999")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void givenOneMoreThanAHundredChanges_whenPaged_thenTheSecondPageHasOne() {
        clock.forward(Duration.ofMinutes(1));
        for (int i = 0; i < 101; i++) {
            clinicea.clinic().add("patients");
        }
        assertThat(caller.pagesOfPatients(START)).extracting(List::size).containsExactly(100, 1);
    }

    @Test
    void givenAHistory_whenPaged_thenRowsComeByStampAndNoneIsFromTheFuture() {
        List<String> stamps = caller.pagesOfPatients(EVER).stream()
                .flatMap(List::stream)
                .map(row -> (String) row.get("ModifiedDatetime"))
                .toList();
        assertThat(stamps).hasSize(200).isSorted();
        assertThat(stamps.get(199)).isLessThanOrEqualTo(START);
        assertThat(stamps.get(0)).isLessThan("2023-01-01");
        assertThat(stamps.stream().collect(Collectors.groupingBy(s -> s, Collectors.counting())))
                .containsValue(40L);
    }

    @Test
    void givenRowsOfOneStamp_whenPaged_thenTheyComeByIdAndThePagesDoNotOverlap() {
        List<Map<String, Object>> rows =
                caller.pagesOfPatients(EVER).stream().flatMap(List::stream).toList();
        assertThat(rows).isSortedAccordingTo((a, b) -> key(a).compareTo(key(b))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DataStatusStr=Added", "DataStatusStr=Modified", "DataStatusStr=None"})
    void givenAHistory_whenRead_thenItHasEveryTagButDeleted(String tag) {
        String status = tag.substring(tag.indexOf('=') + 1);
        assertThat(column(clinicea.clinic().rows("patients"), "DataStatusStr"))
                .contains(status)
                .doesNotContain("Deleted");
    }

    @Test
    void givenAChangeInASecond_whenAskedSinceThatSecond_thenItComesAndSinceTheNextItDoesNot() {
        clock.forward(Duration.ofMinutes(1));
        String id = (String) clinicea.clinic().add("patients").get("PatientID");
        assertThat(patientsSince("2026-03-01T12:01:00")).containsExactly(id);
        assertThat(patientsSince("2026-03-01T12:01:01")).isEmpty();
        assertThat(clinicea.clinic().modified("patients", id)).contains(Instant.parse("2026-03-01T12:01:00.700Z"));
    }

    @Test
    void givenTheOffsetSpelling_whenAsked_thenTheOffsetCounts() {
        clock.forward(Duration.ofMinutes(1));
        String id = (String) clinicea.clinic().add("patients").get("PatientID");
        String list = "/api/v1/patients?intPageNo=0&lastSyncTimestamp=";
        assertThat(column(rows(caller.get(list + "2026-03-01T17:31:00%2B05:30")), "PatientID"))
                .containsExactly(id);
        assertThat(caller.get(list + "2026-03-01T17:31:01%2B05:30").statusCode())
                .isEqualTo(204);
        assertThat(column(rows(caller.get(list + "2026-03-01T07:01:00-05:00")), "PatientID"))
                .containsExactly(id);
    }

    @Test
    void givenANewRow_whenAddedChangedAndDeleted_thenTheTagSaysSoWhateverSinceIs() {
        clock.forward(Duration.ofMinutes(1));
        String id = (String) clinicea.clinic().add("patients").get("PatientID");
        assertThat(tagOf(id, EVER)).isEqualTo("Added");
        assertThat(tagOf(id, "2026-03-01T12:01:00")).isEqualTo("Added");

        clock.forward(Duration.ofMinutes(1));
        clinicea.clinic().change("patients", id);
        assertThat(tagOf(id, EVER)).isEqualTo("Modified");
        assertThat(tagOf(id, "2026-03-01T12:02:00")).isEqualTo("Modified");

        clock.forward(Duration.ofMinutes(1));
        clinicea.clinic().delete("patients", id);
        assertThat(tagOf(id, EVER)).isEqualTo("Deleted");
        assertThat(tagOf(id, "2026-03-01T12:03:00")).isEqualTo("Deleted");
    }

    @Test
    void givenADeletedBill_whenBothListsAreRead_thenItIsInTheListOfDeletedOnesAlone() {
        String id = clinicea.clinic().ids("bills").get(0);
        clock.forward(Duration.ofMinutes(1));
        clinicea.clinic().delete("bills", id);
        assertThat(column(rows(caller.get("/api/v1/bills?intPageNo=0&lastSyncDate=" + EVER)), "BillID"))
                .hasSize(59)
                .doesNotContain(id);
        assertThat(rows(caller.get("/api/v1/bills/deleted?intPageNo=0&lastSyncDate=2026-03-01T12:01:00")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("ID", id)
                        .containsEntry("BillID", id)
                        .containsEntry("DataStatusStr", "Deleted")
                        .containsEntry("ModifiedDatetime", "2026-03-01T12:01:00"));
    }

    @Test
    void givenTheV3List_whenRead_thenPagesCountFromOneAndTheTagHasItsOwnName() {
        String list = "/api/v3/appointments/getChanges?lastSyncDTime=" + EVER;
        List<Map<String, Object>> first = rows(caller.get(list + "&pageNo=1"));
        assertThat(first)
                .hasSize(100)
                .allSatisfy(
                        row -> assertThat(row).containsKey("DataStatusValue").doesNotContainKey("DataStatusStr"));
        assertThat(rows(caller.get(list + "&pageNo=2"))).hasSize(30).doesNotContainAnyElementsOf(first);
        assertThat(rows(caller.get(list + "&pageNo=4&pageSize=40"))).hasSize(10);
    }

    @Test
    void givenVisits_whenACasesheetIsNamed_thenOnlyItsVisitsCome() {
        List<Map<String, Object>> visits =
                rows(caller.get("/api/v1/patient_visits?intPageNo=0&casesheetName=Dental&lastSyncDate=" + EVER));
        assertThat(visits).isNotEmpty().hasSizeLessThan(100);
        assertThat(column(visits, "CasesheetName")).containsOnly("Dental");
        assertThat(visits)
                .allSatisfy(row -> assertThat((String) row.get("EncounterXML")).startsWith("<encounter>"));
    }

    @Test
    void givenARow_whenServed_thenItHasTheOdditiesOfTheRealOne() {
        assertThat(clinicea.clinic().rows("patients"))
                .allSatisfy(row -> assertThat(row.size()).isBetween(20, 40))
                .anySatisfy(row -> assertThat((String) row.get("FirstName")).containsPattern("[^\\x00-\\x7F]"))
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("DeceasedDatetime", "0001-01-01T00:00:00")
                        .containsEntry("MiddleName", null))
                .allSatisfy(row -> assertThat(row.get("IsActive")).isInstanceOf(Boolean.class))
                .allSatisfy(row -> assertThat(row.get("IsVIP")).isIn(0, 1))
                .allSatisfy(row -> assertThat((String) row.get("Mobile")).matches("555-01\\d\\d"));
        HttpResponse<String> page = caller.get("/api/v1/bills?intPageNo=0&lastSyncDate=" + EVER);
        assertThat(rows(page))
                .allSatisfy(row -> assertThat((List<?>) row.get("Items")).isNotEmpty());
        assertThat(page.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
    }

    @Test
    void givenAClock_whenAnythingIsAnswered_thenTheDateIsThatClocks() {
        for (String path :
                List.of("/api/v1/patients?intPageNo=0&lastSyncDate=" + EVER, "/api/v1/patients", "/nothing")) {
            assertThat(caller.get(path).headers().firstValue("Date")).contains("Sun, 01 Mar 2026 12:00:00 GMT");
        }
    }

    private List<Object> patientsSince(String since) {
        return caller.pagesOfPatients(since).stream()
                .flatMap(page -> column(page, "PatientID").stream())
                .toList();
    }

    private Object tagOf(String id, String since) {
        return caller.pagesOfPatients(since).stream()
                .flatMap(List::stream)
                .filter(row -> id.equals(row.get("PatientID")))
                .findFirst()
                .orElseThrow()
                .get("DataStatusStr");
    }

    private static String key(Map<String, Object> row) {
        return row.get("ModifiedDatetime") + " " + row.get("PatientID");
    }

    private static ChangeList changes(String resource) {
        Catalogue catalogue = Catalogue.shipped();
        return catalogue
                .resource(resource)
                .orElseGet(() -> catalogue.byHelp("tasks", "/api/v1/sandbox_tasks"))
                .changes();
    }

    private static String url(ChangeList list, int page) {
        String since = list.since().stream()
                .map(p -> p.name() + "=" + (p.format() == TimestampFormat.ISO_OFFSET ? EVER + "%2B00:00" : EVER))
                .collect(Collectors.joining("&"));
        return list.path() + "?" + since + "&" + list.page().name() + "=" + page;
    }
}
