/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.books;

import io.github.camelclinicea.CliniceaConstants;
import io.github.camelclinicea.CliniceaTimes;
import io.github.camelclinicea.examples.fields.RowFields;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Posts bills and payments as vouchers with double entry, and sends each voucher once to Tally or to Zoho Books.
 * Everything that must survive a crash is in PostgreSQL: what the clinic has ({@code books_bill},
 * {@code books_payment}), what was posted ({@code books_voucher}, {@code books_line}) and what was sent
 * ({@code books_outbox}).
 */
public class Books extends RouteBuilder {
    private static final String FEED =
            "?batching=true&transacted=true" + "&stateDataSource=#dataSource&delay={{books.poll-delay}}";

    /** The client must not repeat a request by itself: a voucher could arrive twice. */
    private static final String ONCE = "httpClientConfigurer=#noRetries&responseTimeout={{books.response-timeout}}";

    @Override
    public void configure() {
        DataSource dataSource = getContext().getRegistry().lookupByNameAndType("dataSource", DataSource.class);
        BooksTables.create(dataSource);
        BooksSettings settings = new BooksSettings(getContext());
        StagedRows rows = new StagedRows(
                RowFields.load(getContext(), settings.text("fields")),
                new CliniceaTimes(settings.text("zone")),
                LocalDate.parse(settings.text("begin")),
                settings.text("currency"),
                settings.number("decimals"));
        Ledger ledger = new Ledger(dataSource, settings);
        Outbox outbox = new Outbox(
                dataSource, settings.number("attempts"), settings.number("pause"), settings.number("unknown-wait"));
        bindToRegistry("noRetries", (HttpClientConfigurer) HttpClientBuilder::disableAutomaticRetries);

        from("clinicea:bills" + FEED)
                .routeId("bills")
                .choice()
                .when(header(CliniceaConstants.DATA_STATUS).isEqualToIgnoreCase("Deleted"))
                .to("direct:deletedBills")
                .otherwise()
                .setBody(exchange -> rows.all(body(exchange), rows::bill))
                .to("sql:classpath:books/stage-bill.sql?batch=true");

        from("clinicea:deletedBills" + FEED).routeId("deletedBills").to("direct:deletedBills");

        from("direct:deletedBills")
                .routeId("stageDeletedBills")
                .setBody(exchange -> rows.all(body(exchange), rows::deletedBill))
                .to("sql:classpath:books/stage-deleted-bill.sql?batch=true");

        from("clinicea:payments" + FEED)
                .routeId("payments")
                .choice()
                .when(header(CliniceaConstants.DATA_STATUS).isEqualToIgnoreCase("Deleted"))
                .setBody(exchange -> rows.all(body(exchange), rows::deletedPayment))
                .to("sql:classpath:books/stage-deleted-payment.sql?batch=true")
                .otherwise()
                .setBody(exchange -> rows.all(body(exchange), rows::payment))
                .to("sql:classpath:books/stage-payment.sql?batch=true");

        from("sql:SELECT kind, id FROM books_document WHERE unposted LIMIT 500?delay={{books.post-delay}}")
                .routeId("post")
                .transacted()
                .process(exchange -> ledger.post(column(exchange, "kind"), column(exchange, "id")));

        from("sql:SELECT entry FROM books_due ORDER BY entry LIMIT 500?delay={{books.send-delay}}")
                .routeId("send")
                .transacted()
                // Not the entry of the row but the first that is due now: an earlier one may have been put off.
                .setBody(exchange -> outbox.next())
                .filter(body().isNotNull())
                .setProperty("voucher", body())
                .doTry()
                .to("direct:ledger")
                .process(exchange -> outbox.confirmed(voucher(exchange)))
                .doCatch(RefusedException.class)
                .process(exchange -> outbox.refused(voucher(exchange), failure(exchange)))
                .doCatch(HttpOperationFailedException.class, IOException.class, TypeConversionException.class)
                .process(exchange -> outbox.failed(voucher(exchange), failure(exchange)))
                .end();

        from("direct:ledger").routeId("ledger").errorHandler(noErrorHandler()).to("direct:{{books.sink}}");

        from("direct:none").routeId("none").log("${body} is confirmed without being sent");

        from("direct:tally")
                .routeId("tally")
                .errorHandler(noErrorHandler())
                .process(exchange -> exchange.getMessage().setBody(TallyVoucher.request(voucher(exchange), settings)))
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("text/xml;charset=utf-8"))
                .to("{{books.tally.url}}?httpMethod=POST&" + ONCE)
                .process(exchange -> TallyVoucher.check(exchange.getMessage().getBody(String.class)));

        from("direct:zoho")
                .routeId("zoho")
                .errorHandler(noErrorHandler())
                .removeHeaders("*")
                .setHeader("Authorization")
                .exchange(exchange -> ZohoJournal.authorization(settings))
                .choice()
                .when(exchange -> voucher(exchange).outcomeUnknown())
                .to("direct:findJournal")
                .otherwise()
                .to("direct:createJournal");

        from("direct:findJournal")
                .routeId("findJournal")
                .errorHandler(noErrorHandler())
                .setBody(exchange -> null)
                .setHeader(Exchange.HTTP_QUERY)
                .exchange(exchange -> ZohoJournal.query(voucher(exchange), settings))
                .to("{{books.zoho.url}}/journals?httpMethod=GET&" + ONCE)
                .process(exchange -> exchange.setProperty(
                        "isListed",
                        ZohoJournal.isListed(
                                voucher(exchange), exchange.getMessage().getBody(String.class))))
                .filter(exchangeProperty("isListed").isEqualTo(false))
                .to("direct:createJournal");

        from("direct:createJournal")
                .routeId("createJournal")
                .errorHandler(noErrorHandler())
                // The search has left the headers of its response.
                .removeHeaders("*", "Authorization")
                .process(exchange -> exchange.getMessage().setBody(ZohoJournal.request(voucher(exchange))))
                .setHeader(Exchange.HTTP_QUERY)
                .exchange(exchange -> ZohoJournal.organization(settings))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .setHeader("Idempotency-Key", simple("${exchangeProperty.voucher.uid}"))
                .to("{{books.zoho.url}}/journals?httpMethod=POST&" + ONCE)
                .process(exchange -> ZohoJournal.check(exchange.getMessage().getBody(String.class)));
    }

    private static Voucher voucher(Exchange exchange) {
        return exchange.getProperty("voucher", Voucher.class);
    }

    private static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private static Iterable<?> body(Exchange exchange) {
        return exchange.getMessage().getBody(Iterable.class);
    }

    private static String column(Exchange exchange, String name) {
        return (String) exchange.getMessage().getBody(Map.class).get(name);
    }
}
