/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Plays Tally: takes vouchers that balance, and alters a voucher with a REMOTEID that it has. */
final class FakeTally extends Sink {
    static final String CREATED = result(1, 0, 0, "");

    static String result(int created, int altered, int errors, String lineError) {
        return "<ENVELOPE><BODY><DATA><IMPORTRESULT><CREATED>" + created + "</CREATED><ALTERED>" + altered
                + "</ALTERED><ERRORS>" + errors + "</ERRORS><EXCEPTIONS>0</EXCEPTIONS>" + lineError
                + "</IMPORTRESULT></DATA></BODY></ENVELOPE>";
    }

    @Override
    ResponseDefinition carryOut(Request request) {
        Element voucher = voucher(request.getBodyAsString());
        String key = voucher.getAttribute("REMOTEID");
        if (find(taken -> taken.key().equals(key)).isPresent()) {
            return response(200, result(0, 1, 0, ""));
        }
        List<Map.Entry<String, BigDecimal>> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        NodeList entries = voucher.getElementsByTagName("ALLLEDGERENTRIES.LIST");
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            BigDecimal amount = new BigDecimal(text(entry, "AMOUNT"));
            if (text(entry, "ISDEEMEDPOSITIVE").equals("Yes") != amount.signum() < 0) {
                return response(200, result(0, 0, 1, "<LINEERROR>The sign is wrong</LINEERROR>"));
            }
            lines.add(Map.entry(text(entry, "LEDGERNAME"), amount.negate()));
            sum = sum.add(amount);
        }
        if (sum.signum() != 0 || lines.size() < 2) {
            return response(200, result(0, 0, 1, "<LINEERROR>The totals do not match</LINEERROR>"));
        }
        take(new Taken(key, text(voucher, "VOUCHERNUMBER"), text(voucher, "DATE"), lines));
        return response(200, CREATED);
    }

    static Element voucher(String request) {
        try {
            return (Element) DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(request)))
                    .getElementsByTagName("VOUCHER")
                    .item(0);
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }
}
