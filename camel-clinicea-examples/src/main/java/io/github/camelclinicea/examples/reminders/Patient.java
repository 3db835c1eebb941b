/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.github.camelclinicea.examples.fields.RowFields;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Holds what is needed of a patient to send a message.
 *
 * @param id the patient's id
 * @param name null if there is none
 * @param language a code like en or pt_BR; null for the language of the clinic
 * @param mail one mail address; null if there is none that can be used
 * @param mobile the digits of one number with its country code; null if there is none that can be used
 * @param noMail whether the patient wants no mail
 * @param noMobile whether the patient wants no message on the telephone
 * @param active whether the clinic has the patient as active
 */
record Patient(
        String id,
        String name,
        String language,
        String mail,
        String mobile,
        boolean noMail,
        boolean noMobile,
        boolean active) {
    /** One address in ASCII. Two addresses in a field, or a name around one, are none: a guess could reach a stranger. */
    private static final Pattern MAIL =
            Pattern.compile("[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+");

    /** One number. Letters and the separators of lists are none: the library would take a part of the text. */
    private static final Pattern NUMBER = Pattern.compile("[\\p{Nd}\\s+()./-]+");

    /** The most characters of an address. */
    private static final int LONGEST_MAIL = 254;

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(?:[_-][A-Za-z]{2})?");

    /**
     * Reads a row.
     *
     * @param country the country of numbers without a country code, such as AE
     * @throws IllegalArgumentException if a field is missing or a flag is none; the message does not quote the row
     */
    static Patient of(String id, Map<?, ?> row, RowFields fields, String country) {
        String language = fields.text("patient.language", row);
        return new Patient(
                RowText.id(id),
                RowText.line(fields.text("patient.name", row)),
                language != null && LANGUAGE.matcher(language).matches() ? language.replace('-', '_') : null,
                mail(fields.text("patient.mail", row)),
                mobile(fields.text("patient.mobile", row), country),
                fields.flag("patient.no-mail", row),
                fields.flag("patient.no-mobile", row),
                !fields.flag("patient.inactive", row));
    }

    /**
     * Returns the code of a country in capitals.
     *
     * @throws IllegalArgumentException if it is no code of two letters that has telephone numbers
     */
    static String country(String code) {
        String country = code.strip().toUpperCase(Locale.ROOT);
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(country)) {
            throw new IllegalArgumentException("reminders.country is not the code of a country, such as AE");
        }
        return country;
    }

    private static String mail(String text) {
        return text != null
                        && text.length() <= LONGEST_MAIL
                        && MAIL.matcher(text).matches()
                ? text
                : null;
    }

    private static String mobile(String text, String country) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            return null;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, country);
            return numbers.isPossibleNumber(number)
                    ? numbers.format(number, PhoneNumberFormat.E164).substring(1)
                    : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** Returns the id only, because the rest is a patient's data. */
    @Override
    public String toString() {
        return "Patient " + id;
    }
}
