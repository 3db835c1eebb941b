/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.soak;

import io.github.camelclinicea.CliniceaConstants;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Reads from a hostile server, writes to it and polls it. Prints the resources of the process after the warm-up, and
 * after all requests.
 */
final class HostileResponsesMain {
    /** The poll's own thread reads a page as well. */
    static final int PAGES_IN_FLIGHT = 4;

    private static final int THREADS = 4;

    private HostileResponsesMain() {}

    /**
     * Runs the operations. The arguments are the server's URL, the number of operations for the warm-up, and the number
     * after it.
     */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        String options =
                "?apiKey=k&maxRetries=1&maxRetryWait=1&maxResponseSize=100000&requestTimeout=300&requestsPerSecond=0&baseUrl="
                        + args[0];
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("clinicea:patients" + options
                                + "&delay=20&initialDelay=0&maxHeldRows=10&runLoggingLevel=OFF&pagesInFlight="
                                + PAGES_IN_FLIGHT)
                        .to("log:row?level=OFF");
            }
        });
        camel.start();
        run(camel, options, Integer.parseInt(args[1]));
        print("warm");
        run(camel, options, Integer.parseInt(args[2]));
        print("done");
        System.in.read();
        System.out.println("good " + isServed(camel, options));
        camel.stop();
        System.exit(0);
    }

    private static void run(DefaultCamelContext camel, String options, int calls) {
        AtomicInteger left = new AtomicInteger(calls);
        IntStream.range(0, THREADS)
                .mapToObj(i -> {
                    Thread thread = new Thread(() -> {
                        for (int call = left.getAndDecrement(); call > 0; call = left.getAndDecrement()) {
                            call(camel, options, call % 3);
                        }
                    });
                    thread.start();
                    return thread;
                })
                .toList()
                .forEach(HostileResponsesMain::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Exchange call(DefaultCamelContext camel, String options, int kind) {
        String operation =
                switch (kind) {
                    case 0 -> "get";
                    case 1 -> "create";
                    default -> "list";
                };
        try (FluentProducerTemplate template = camel.createFluentProducerTemplate()) {
            return template.to("clinicea:patients" + options + "&operation=" + operation)
                    .withHeader(CliniceaConstants.RECORD_ID, "p1")
                    .withBody(kind == 1 ? Map.of("FirstName", "Testa") : null)
                    .send();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls until a response is good. At first, pooled connections may be closed by the server. */
    private static boolean isServed(DefaultCamelContext camel, String options) throws InterruptedException {
        Exchange last = call(camel, options, 0);
        for (int retry = 0; retry < 300 && last.getException() != null; retry++) {
            Thread.sleep(100);
            last = call(camel, options, 0);
        }
        if (last.getException() != null) {
            last.getException().printStackTrace();
        }
        return last.getException() == null;
    }

    private static void print(String when) throws InterruptedException {
        long heap = Long.MAX_VALUE;
        // The release of a response may take a moment.
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(200);
            Runtime runtime = Runtime.getRuntime();
            heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
        }
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .toList();
        long pageThreads =
                threads.stream().filter(name -> name.contains("CliniceaPages")).count();
        System.out.println(when + " " + (threads.size() - pageThreads) + " " + pageThreads + " "
                + new File("/proc/self/fd").list().length + " " + heap);
    }
}
