/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.examples.books.Voucher.Line;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Writes a voucher as Tally's XML, and reads what Tally responds to it. */
final class TallyVoucher {
    private TallyVoucher() {}

    /** Returns the request that imports a voucher. Tally changes a voucher with a REMOTEID that it has. */
    static String request(Voucher voucher, BooksSettings settings) throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        xml.writeStartElement("ENVELOPE");
        xml.writeStartElement("HEADER");
        element(xml, "TALLYREQUEST", "Import Data");
        xml.writeEndElement();
        xml.writeStartElement("BODY");
        xml.writeStartElement("IMPORTDATA");
        xml.writeStartElement("REQUESTDESC");
        element(xml, "REPORTNAME", "Vouchers");
        xml.writeStartElement("STATICVARIABLES");
        element(xml, "SVCURRENTCOMPANY", settings.text("tally.company"));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeStartElement("REQUESTDATA");
        xml.writeStartElement("TALLYMESSAGE");
        write(xml, voucher, settings.text("tally." + type(voucher)));
        for (int open = 5; open > 0; open--) {
            xml.writeEndElement();
        }
        xml.close();
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, Voucher voucher, String type) throws XMLStreamException {
        xml.writeStartElement("VOUCHER");
        xml.writeAttribute("REMOTEID", voucher.uid());
        xml.writeAttribute("VCHTYPE", type);
        xml.writeAttribute("ACTION", "Create");
        element(xml, "DATE", voucher.dated().format(DateTimeFormatter.BASIC_ISO_DATE));
        element(xml, "VOUCHERTYPENAME", type);
        element(xml, "VOUCHERNUMBER", voucher.number());
        element(xml, "REFERENCE", voucher.number());
        element(xml, "NARRATION", voucher.narration());
        for (Line line : voucher.lines()) {
            xml.writeStartElement("ALLLEDGERENTRIES.LIST");
            element(xml, "LEDGERNAME", line.account());
            // In Tally, a debit is deemed positive, and its amount is negative.
            element(xml, "ISDEEMEDPOSITIVE", line.isDebit() ? "Yes" : "No");
            element(xml, "AMOUNT", (line.isDebit() ? line.debit().negate() : line.credit()).toPlainString());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** Returns the type of a voucher: Tally accepts accounts of cash and banks in receipts and payments only. */
    private static String type(Voucher voucher) {
        if (voucher.kind().equals("bill")) {
            return "journal";
        }
        return voucher.lines().get(0).isDebit() ? "receipt" : "payment";
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /**
     * Checks a response, which has the code 200 for errors, too.
     *
     * @throws RefusedException if Tally has refused the voucher
     * @throws UnclearResponseException if the response does not say what became of the voucher
     */
    static void check(String response) throws UnclearResponseException {
        Document document = parse(response == null ? "" : response);
        long taken = number(document, "CREATED") + number(document, "ALTERED");
        boolean isFaulty = number(document, "ERRORS") + number(document, "EXCEPTIONS") > 0
                || document.getElementsByTagName("LINEERROR").getLength() > 0;
        if (document.getElementsByTagName("CREATED").getLength() == 0) {
            throw new UnclearResponseException("Tally's response does not say what became of the voucher");
        }
        if (taken != 1 || isFaulty) {
            NodeList errors = document.getElementsByTagName("LINEERROR");
            throw new RefusedException(
                    errors.getLength() > 0 ? errors.item(0).getTextContent() : "Tally has created no voucher");
        }
    }

    private static long number(Document document, String name) throws UnclearResponseException {
        NodeList found = document.getElementsByTagName(name);
        try {
            return found.getLength() == 0
                    ? 0
                    : Long.parseLong(found.item(0).getTextContent().strip());
        } catch (NumberFormatException e) {
            throw new UnclearResponseException("Tally's response has no number in " + name);
        }
    }

    private static Document parse(String response) throws UnclearResponseException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            // Tally escapes control characters, which XML does not allow even so.
            return parser.parse(
                    new InputSource(new StringReader(response.replaceAll("&#(x[0-9A-Fa-f]|[0-9]{1,2});", ""))));
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw new UnclearResponseException("Tally's response is not XML");
        }
    }
}
