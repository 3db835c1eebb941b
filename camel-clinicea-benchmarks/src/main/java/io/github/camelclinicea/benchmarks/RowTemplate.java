/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Renders pages of invented patients: 100 rows of 40 fields and about 1.2 kB, one in four with letters beyond ASCII.
 * One page is rendered once. For another page, ids and stamp are overwritten in place, because their length is fixed.
 * So serving a million rows takes almost no work and no memory.
 */
public final class RowTemplate {
    static final int ROWS = 100;

    /** The stamp of page 0; each further page is a second younger. */
    private static final LocalDateTime OLDEST = LocalDate.of(2015, 1, 1).atStartOfDay();

    private static final String ID = "0b5e55ed-0000-4000-8000-";
    private static final int ID_DIGITS = 12;
    private static final String[] FIRST_NAMES = {"Testa", "Probo", "Démo", "Sample", "Demo", "Trial", "Пример", "Essay"
    };

    /** Says which statuses the rows of a list have. */
    enum Statuses {
        /** All rows are added, as in the first reading of a clinic. */
        ADDED("one status", "Added"),
        /** Each page has rows of all four statuses, as in later readings of a busy clinic. */
        MIXED("four statuses a page", "Added", "Modified", "Modified", "None", "Deleted");

        private final String text;
        private final String[] texts;

        Statuses(String text, String... texts) {
            this.text = text;
            this.texts = texts;
        }

        /** Returns the words for it in a title. */
        String text() {
            return text;
        }

        /** Returns how many of the rows are deleted. */
        long deletedOf(long rows) {
            return rows * Arrays.stream(texts).filter("Deleted"::equals).count() / texts.length;
        }

        private String of(int row) {
            return texts[row % texts.length];
        }
    }

    private final byte[] page;
    private final int[] idEnds = new int[ROWS];
    private final int[] stamps = new int[ROWS];

    RowTemplate(Statuses statuses) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int row = 0; row < ROWS; row++) {
            out.write(row == 0 ? '[' : ',');
            String json = row(row, statuses.of(row));
            int start = out.size();
            int id = json.indexOf(ID) + ID.length() + ID_DIGITS;
            int stamp = json.indexOf("2015-01-01T00:00:00");
            idEnds[row] = start + bytes(json.substring(0, id)).length;
            stamps[row] = start + bytes(json.substring(0, stamp)).length;
            out.writeBytes(bytes(json));
        }
        out.write(']');
        page = out.toByteArray();
    }

    /** Returns the bytes of the first page. */
    public static byte[] firstPage() {
        return new RowTemplate(Statuses.MIXED).page;
    }

    /** Returns the length of a page in bytes. */
    int length() {
        return page.length;
    }

    /** Returns the number of the first page whose rows are not older than the moment, or 0. */
    static long firstPageSince(String moment) {
        return Math.max(0, LocalDateTime.parse(moment).toEpochSecond(ZoneOffset.UTC) - oldest());
    }

    /** Writes the page with that number, counted from the start of the list, from 0. */
    void write(long number, ByteBuffer to) {
        int start = to.position();
        to.put(page);
        byte[] stamp = bytes(LocalDateTime.ofEpochSecond(oldest() + number, 1, ZoneOffset.UTC)
                .toString()
                .substring(0, 19));
        for (int row = 0; row < ROWS; row++) {
            long rest = number * ROWS + row;
            for (int digit = 1; rest > 0; digit++) {
                to.put(start + idEnds[row] - digit, (byte) ('0' + rest % 10));
                rest /= 10;
            }
            to.put(start + stamps[row], stamp);
        }
    }

    private static long oldest() {
        return OLDEST.toEpochSecond(ZoneOffset.UTC);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String row(int row, String status) {
        String first = FIRST_NAMES[row % FIRST_NAMES.length];
        return """
                {"PatientID":"%1$s%2$012d","FileNo":"F-%3$05d","UniqueNumber":"U%3$07d","Title":"Mx","FirstName":"%4$s",\
                "MiddleName":null,"LastName":"Muster-%3$03d","FullName":"%4$s Muster-%3$03d","Gender":%5$d,\
                "DateOfBirth":"1970-01-%6$02dT00:00:00","Age":%7$d,"Email":"patient-%3$04d@example.invalid",\
                "MobileCountryCode":"+1","Mobile":"555-01%6$02d-%3$04d","HomePhone":null,"Address1":"%6$d Invented Street",\
                "Address2":"2nd floor, \\"door\\" %6$d","City":"Sandboxville","State":null,"PostCode":"0000%5$d","Country":"Nowhere",\
                "BloodGroup":"AB-","MaritalStatus":%5$d,"Occupation":"Tester of benchmarks","Source":"Walk-in",\
                "ReferredBy":null,"Tags":["VIP","naive"],"IsActive":true,"IsVIP":0,"SMSOptOut":1,"EmailOptOut":false,\
                "Balance":%3$d.50,"LastVisitDatetime":"1900-01-01T00:00:00","DeceasedDatetime":"1900-01-01T00:00:00",\
                "ClinicID":"c11n1c00-0000-4000-8000-00000000000%5$d","ClinicName":"Sandboxville %5$d",\
                "Notes":"Invented for a measurement: nobody of this name was ever a patient of any clinic, and what stands \
                here is of about the length of what a receptionist writes.\\nSecond line of it, %4$s.",\
                "CreatedDatetime":"2014-12-%6$02dT09:30:00","ModifiedDatetime":"2015-01-01T00:00:00","DataStatusStr":"%8$s"}""".formatted(ID, 0, row, first, row % 4, 1 + row % 28, 20 + row % 60, status);
    }
}
