/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises a credential that is a placeholder which nothing has resolved, or a text from documentation that waits for
 * the real key. It would be sent as it is, and refused as a wrong credential.
 *
 * <p>Only texts that cannot be a real credential count. A password may have any characters and words, so it counts only
 * if the whole of it is a placeholder.
 *
 * <p>Specified by {@code PlaceholdersTest}.
 */
final class Placeholders {
    /** A name that says that it stands for a credential, for a syntax that a password could have by chance. */
    private static final String NAME = "(?=[\\w.-]*(key|token|secret|pass|pwd|user|login|clinicea))[a-z_][\\w.-]*";

    /** The name of a variable in capitals. A name in other letters may be a part of a real password. */
    private static final String VARIABLE = "(?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[.-][a-z]+)+)";

    /** A whole text in the syntax of Camel, Spring, a shell, a build or deployment tool, or a template. */
    private static final Pattern WHOLE = Pattern.compile(
            String.join(
                    "|",
                    // Camel, Spring, Maven, shells, GitHub, Helm, Ansible
                    "\\$\\{[a-z_!?][\\w.:/?!${}@#-]*}",
                    "\\$?\\{\\{-?\\s*[\\w.$?!][\\w.:/?!@#$|\"' -]*}}",
                    "#\\{[\\w.\\['\"\\]() :?-]+}#?",
                    "#(property|bean|class|type|env|sys|secret|vault|autowired|valueAs)[:(].*",
                    "ENC\\(.*\\)",
                    // Windows, Maven and Ant, Azure DevOps, Concourse, Make
                    "%" + NAME + "%",
                    "(@|__)" + VARIABLE + "\\1",
                    "\\(\\(" + NAME + "\\)\\)",
                    "\\$\\(" + NAME + "\\)",
                    "\\$" + VARIABLE,
                    "\\$env:" + NAME,
                    "<%=.*%>",
                    // documentation
                    "<(the|your|my)?[ _-]?(staff|clinicea|api)?[ _-]?(user[ _-]?name|user|login|password|pwd|key)>",
                    "<your[ _-][^<>]*>"),
            Pattern.CASE_INSENSITIVE);

    /** A part of a key that only a placeholder has. */
    private static final Pattern PART = Pattern.compile("\\$\\{[A-Za-z_][\\w.:-]*}|\\{\\{[?!]?[A-Za-z_][\\w.:/-]*}}");

    /** A placeholder whose last bracket is missing. */
    private static final Pattern OPEN = Pattern.compile("(\\$\\{|\\{\\{)[A-Za-z_][\\w.:-]*}?");

    /** A key that names where it should come from. */
    private static final Pattern SOURCE = Pattern.compile("(env|sys|property|vault):[A-Za-z_][\\w./-]*");

    /** A text in brackets, without the digits that a GUID in brackets has. */
    private static final Pattern IN_BRACKETS = Pattern.compile("<\\D*>|\\[\\D*]|\\{\\D*}");

    /** Texts of documentation in place of a key, in lower case and letters only. */
    private static final Pattern WORDS = Pattern.compile(
            "(insert|enter|put|paste|add|use|set|replace|copy|type)?(with|by)?(the|your)(own|real|actual)?"
                    + "(organi[sz]ations?|clinics?)?(clinicea)?(secret|access)?(api)?(key|token)(goes)?(here)?"
                    + "|(insert|enter|put|paste|add|type)(my|the|a)?(clinicea)?(api)?(key|token)(here)?"
                    + "|(my)?cliniceaapikey|(api)?keyhere|changeme|changeit|replaceme|replacethis|fillmein"
                    + "|todo|fixme|tbd|placeholder|null|undefined");

    /** A mask, as Camel prints one, or dots that were copied with it. */
    private static final Pattern FILLING = Pattern.compile("[xX*.\u2026\u2022_?-]{3,}|\u2026");

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]");

    private Placeholders() {}

    /** Returns whether an API key is a placeholder. */
    static boolean isKey(String key) {
        String text = key.strip();
        return is(text)
                || PART.matcher(text).find()
                || OPEN.matcher(text).matches()
                || SOURCE.matcher(text).matches()
                || FILLING.matcher(text).matches()
                || IN_BRACKETS.matcher(text).matches()
                || text.chars().noneMatch(Character::isDigit)
                        && WORDS.matcher(letters(text)).matches();
    }

    /** Returns whether a login name or a password is a placeholder. */
    static boolean is(String text) {
        return WHOLE.matcher(text.strip()).matches();
    }

    private static String letters(String text) {
        return NO_LETTER.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
