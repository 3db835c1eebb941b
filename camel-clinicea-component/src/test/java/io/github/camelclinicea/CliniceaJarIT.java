/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea;

import static io.github.camelclinicea.testing.StubClinicea.patients;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclinicea.testing.StubClinicea;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the built jar has everything with which Camel, IDEs, Quarkus and OSGi find the component. */
class CliniceaJarIT {
    private static final String SCHEMA = "META-INF/io/github/camelclinicea/clinicea.json";

    /** The packages that .ci/api compares, by the property of the POM. */
    private static final String[] API = System.getProperty("api.packages").split(";");

    private static Path path;
    private static JarFile jar;
    private static JsonNode schema;

    @BeforeAll
    static void open() throws IOException {
        path = Path.of(System.getProperty("component.jar"));
        jar = new JarFile(path.toFile());
        schema = new ObjectMapper().readTree(text(SCHEMA));
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @ParameterizedTest
    @CsvSource({
        "component/clinicea, io.github.camelclinicea.CliniceaComponent",
        "configurer/clinicea-component, io.github.camelclinicea.CliniceaComponentConfigurer",
        "configurer/clinicea-endpoint, io.github.camelclinicea.CliniceaEndpointConfigurer",
        "urifactory/clinicea-endpoint, io.github.camelclinicea.CliniceaEndpointUriFactory",
        "dev-console/clinicea, io.github.camelclinicea.observe.CliniceaDevConsole",
        "transformer/clinicea-application-json, io.github.camelclinicea.transform.CliniceaJsonDataTypeTransformer",
        "transformer/clinicea-application-cloudevents,"
                + " io.github.camelclinicea.transform.CliniceaCloudEventDataTypeTransformer",
    })
    void given_the_jar_when_camel_looks_a_service_up_then_its_class_is_there(String service, String type)
            throws IOException {
        assertThat(properties("META-INF/services/org/apache/camel/" + service)).containsEntry("class", type);
        assertThat(jar.getJarEntry(type.replace('.', '/') + ".class")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE", "NOTICE"})
    void given_the_jar_when_looked_into_then_it_has_its_terms(String file) {
        assertThat(jar.getEntry("META-INF/" + file)).isNotNull();
    }

    @Test
    void given_the_jar_when_an_ide_looks_the_component_up_then_it_finds_its_maven_coordinates() throws IOException {
        Properties component = properties("META-INF/services/org/apache/camel/component.properties");
        Properties built = properties("META-INF/maven/io.github.camelclinicea/camel-clinicea-component/pom.properties");

        assertThat(component)
                .containsEntry("components", "clinicea")
                .containsEntry("groupId", "io.github.camelclinicea")
                .containsEntry("artifactId", "camel-clinicea-component")
                .containsEntry("version", built.getProperty("version"));
    }

    // ---- the schema

    @Test
    void given_the_jar_when_the_schema_is_looked_up_then_it_is_in_both_places_alike() throws IOException {
        assertThat(text("io/github/camelclinicea/clinicea.json")).isEqualTo(text(SCHEMA));
        JsonNode component = schema.get("component");
        assertThat(component.get("scheme").asText()).isEqualTo("clinicea");
        assertThat(component.get("syntax").asText()).isEqualTo("clinicea:resource");
        assertThat(component.get("groupId").asText()).isEqualTo("io.github.camelclinicea");
        assertThat(component.get("artifactId").asText()).isEqualTo("camel-clinicea-component");
        assertThat(component.get("javaType").asText()).isEqualTo(CliniceaComponent.class.getName());
    }

    /**
     * Columns, as in the endpoint contract: option; default (- for none); side. For suppressEcho, producers have two
     * further options.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resource              | -                          | both
            apiKey                | -                          | both
            apiKeySupplier        | -                          | both
            apiKeyHeader          | api,api_key                | both
            apiKeyParameter       | -                          | both
            catalogue             | -                          | both
            username              | -                          | both
            password              | -                          | both
            baseUrl               | https://api.clinicea.com   | both
            allowInsecureHttp     | false                      | both
            serverMessageInException | false                   | both
            path                  | -                          | both
            connectTimeout        | 10s                        | both
            responseTimeout       | 30s                        | both
            requestTimeout        | 60s                        | both
            maxRetries            | 3                          | both
            maxRetryWait          | 60s                        | both
            requestsPerSecond     | -                          | both
            requestsPerDay        | -                          | both
            requestsPerMonth      | -                          | both
            clinicZone            | -                          | both
            maxResponseSize       | 33554432                   | both
            httpComponent         | -                          | both
            sslContextParameters  | -                          | both
            proxyHost             | -                          | both
            proxyPort             | -                          | both
            bodyType              | Map                        | both
            syncFrom              | 2000-01-01T00:00:00Z       | both
            idempotentRepository  | -                          | both
            syncId                | -                          | both
            overlap               | 5m                         | consumer
            pagesInFlight         | 4                          | consumer
            statuses              | -                          | consumer
            firstPage             | -                          | both
            pageSize              | -                          | both
            syncParameter         | -                          | both
            pageParameter         | -                          | both
            pageSizeParameter     | -                          | both
            timestampFormat       | -                          | both
            idField               | -                          | both
            statusField           | -                          | both
            modifiedField         | -                          | both
            maxMessagesPerPoll    | -                          | consumer
            batching              | false                      | consumer
            transacted            | false                      | consumer
            transactedPolicy      | -                          | consumer
            stateDataSource       | -                          | both
            delay                 | 60s                        | consumer
            initialDelay          | 1000                       | consumer
            greedy                | false                      | consumer
            backoffMultiplier     | -                          | consumer
            backoffIdleThreshold  | -                          | consumer
            backoffErrorThreshold | -                          | consumer
            scheduler             | none                       | consumer
            schedulerProperties   | -                          | consumer
            sendEmptyMessageWhenIdle | false                   | consumer
            pollStrategy          | -                          | consumer
            bridgeErrorHandler    | false                      | consumer
            exceptionHandler      | -                          | consumer
            operation             | -                          | producer
            """)
    void given_an_option_of_the_contract_when_looked_up_in_the_schema_then_it_has_its_default_and_side(
            String option, String standard, String side) {
        JsonNode entry = schema.get("properties").get(option);

        assertThat(entry).as(option).isNotNull();
        assertThat(entry.has("defaultValue") ? entry.get("defaultValue").asText() : "-")
                .isEqualTo(standard);
        String label = entry.path("label").asText();
        assertThat(label.contains("consumer") ? "consumer" : label.contains("producer") ? "producer" : "both")
                .isEqualTo(side);
        assertThat(entry.get("description").asText()).isNotBlank();
    }

    @Test
    void given_the_schema_when_its_secrets_are_listed_then_they_are_those_of_the_contract() {
        for (String part : List.of("properties", "componentProperties")) {
            assertThat(schema.get(part).properties().stream()
                            .filter(entry -> entry.getValue().path("secret").asBoolean())
                            .map(Map.Entry::getKey))
                    .as(part)
                    .containsExactlyInAnyOrder("apiKey", "username", "password");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelCliniceaDataStatus",
                "CamelCliniceaResource",
                "CamelCliniceaRecordId",
                "CamelCliniceaModified",
                "CamelCliniceaVersion",
                "CamelCliniceaVersions",
                "CamelCliniceaSource",
                "CamelCliniceaSyncTimestamp",
                "CamelCliniceaPage",
                "CamelCliniceaOperation",
                "CamelCliniceaParameters",
                "CamelCliniceaResponseCode",
            })
    void given_a_header_of_the_contract_when_looked_up_in_the_schema_then_it_is_described(String header) {
        assertThat(schema.get("headers").path(header).path("description").asText())
                .isNotBlank();
    }

    // ---- the rest of the jar

    @Test
    void given_the_jar_when_quarkus_looks_for_the_index_then_it_is_one() throws IOException {
        byte[] index = bytes("META-INF/jandex.idx");

        // The magic number of Jandex.
        assertThat(index).startsWith(0xBA, 0xBE, 0x1F, 0x15);
        assertThat(new String(index, UTF_8)).contains("CliniceaEndpointConfigurer");
    }

    @Test
    void given_the_jar_when_its_files_are_listed_then_the_catalogue_is_among_them_and_no_test_is() {
        List<String> names = jar.stream().map(JarEntry::getName).toList();

        assertThat(names)
                .contains(
                        "io/github/camelclinicea/catalog/catalogue.json",
                        "io/github/camelclinicea/catalog/fields.json",
                        "io/github/camelclinicea/schema/patients.json")
                .contains(
                        "META-INF/org/apache/camel/dev-console/clinicea.json",
                        "META-INF/services/org.apache.camel.telemetry.SpanDecorator")
                .contains("kamelets/clinicea-source.kamelet.yaml", "kamelets/clinicea-sink.kamelet.yaml")
                .noneMatch(name -> name.matches(".*(Test|IT|Tests)(\\$.*)?\\.class"))
                .noneMatch(name -> name.contains("log4j2"))
                .allMatch(name ->
                        name.matches("(META-INF|io|kamelets)/.*|(component|dev-consoles|transformer)\\.properties"))
                .doesNotHaveDuplicates();
    }

    @Test
    void given_the_jar_when_an_osgi_container_reads_its_manifest_then_it_exports_and_imports_what_it_must()
            throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();

        assertThat(manifest.getValue("Bundle-SymbolicName"))
                .isEqualTo("io.github.camelclinicea.camel-clinicea-component");
        Map<String, String> exports = clauses(manifest.getValue("Export-Package"));
        assertThat(exports.keySet()).containsExactlyInAnyOrder(API);
        assertThat(exports.values()).allMatch(attributes -> attributes.contains("version=\""));
        Map<String, String> imports = clauses(manifest.getValue("Import-Package"));
        for (String optional : List.of(
                "io.micrometer", "org.apache.camel.telemetry", "org.apache.camel.pollconsumer.quartz", "org.quartz")) {
            assertThat(imports.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(optional)))
                    .as(optional)
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getValue()).contains("resolution:=optional"));
        }
        assertThat(imports)
                .containsKeys(
                        "org.apache.camel",
                        "org.apache.camel.spi",
                        "org.apache.camel.support",
                        "org.apache.camel.component.http",
                        "com.fasterxml.jackson.databind",
                        "org.slf4j");
        assertThat(imports.entrySet().stream().filter(entry -> entry.getKey().startsWith("org.apache.camel")))
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        entry -> assertThat(entry.getValue()).as(entry.getKey()).contains("version=\"[4.14,5)\""));
    }

    @Test
    void given_the_jar_when_its_packages_are_listed_then_each_is_either_of_the_api_or_internal() {
        List<Pattern> internal = Stream.of(
                        System.getProperty("internal.packages").split(":"))
                .map(name -> Pattern.compile(name.replace(".", "\\.").replace("*", "\\w+")))
                .toList();
        List<String> notOfTheApi = jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                .distinct()
                .filter(name -> !List.of(API).contains(name))
                .toList();

        assertThat(notOfTheApi)
                .allMatch(name -> internal.stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
        assertThat(internal)
                .allMatch(pattern -> notOfTheApi.stream()
                        .anyMatch(name -> pattern.matcher(name).matches()));
        assertThat(API)
                .noneMatch(name -> internal.stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    @Test
    void given_the_jar_when_it_is_on_a_module_path_then_its_module_has_the_name_of_its_root_package()
            throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                .isEqualTo("io.github.camelclinicea");
        assertThat(ModuleFinder.of(path).findAll())
                .extracting(module -> module.descriptor().name())
                .containsExactly("io.github.camelclinicea");
    }

    @Test
    void given_the_jar_when_native_image_reads_it_then_its_metadata_is_where_it_looks() {
        String folder = "META-INF/native-image/io.github.camelclinicea/camel-clinicea-component/";

        assertThat(jar.getJarEntry(folder + "reflect-config.json")).isNotNull();
        assertThat(jar.getJarEntry(folder + "resource-config.json")).isNotNull();
    }

    /** Returns the attributes by package. A comma in quotes is no separator. */
    private static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new TreeMap<>();
        Matcher clause = Pattern.compile("([^;,\"]+)((?:;[^;,\"]+(?:\"[^\"]*\")?)*)(?:,|$)")
                .matcher(header);
        int end = 0;
        while (clause.find()) {
            assertThat(clause.start()).isEqualTo(end);
            end = clause.end();
            clauses.put(clause.group(1), clause.group(2));
        }
        assertThat(end).isEqualTo(header.length());
        return clauses;
    }

    // ---- Camel with the jar alone

    /** Otherwise a missing configurer stays unnoticed, because Camel uses reflection without notice. */
    @Test
    void given_the_jar_beside_camel_when_camel_resolves_its_services_then_they_come_from_the_jar() throws Exception {
        assertThat(inTheJarAlone(Probe.class, entry -> true))
                .isEqualTo(List.of(
                                "CliniceaComponent",
                                "CliniceaComponentConfigurer",
                                "CliniceaEndpointConfigurer",
                                "CliniceaEndpointUriFactory")
                        .stream()
                        .map(name -> "io.github.camelclinicea." + name + " of " + path.getFileName())
                        .collect(Collectors.toList()));
    }

    @Test
    void given_no_micrometer_and_no_telemetry_when_a_route_polls_and_another_writes_then_both_start() throws Exception {
        assertThat(inTheJarAlone(
                        RoutesProbe.class, entry -> !entry.contains("micrometer") && !entry.contains("telemetry")))
                .isEqualTo(List.of("no Micrometer", "Started", "Started"));
        assertThat(inTheJarAlone(RoutesProbe.class, entry -> true))
                .isEqualTo(List.of("Micrometer", "Started", "Started"));
    }

    @Test
    void given_no_quartz_when_a_route_polls_then_its_rows_come_and_a_cron_is_refused_with_the_library_to_add()
            throws Exception {
        try (StubClinicea clinicea = new StubClinicea()) {
            clinicea.servePatients(patients(0, 2));
            System.setProperty("probe.uri", clinicea.uri("patients", "delay=100"));

            assertThat(inTheJarAlone(PollProbe.class, entry -> !entry.contains("quartz")))
                    .asInstanceOf(LIST)
                    .satisfiesExactly(
                            cron -> assertThat(cron)
                                    .asString()
                                    .contains("scheduler.cron needs camel-quartz", "org.apache.camel:camel-quartz;"),
                            rows -> assertThat(rows).isEqualTo(List.of("p0", "p1")));
            assertThat(inTheJarAlone(PollProbe.class, entry -> !entry.contains("quartz-scheduler")))
                    .as("with camel-quartz and without Quartz itself")
                    .asInstanceOf(LIST)
                    .first()
                    .asString()
                    .contains("scheduler.cron needs camel-quartz");
            assertThat(inTheJarAlone(PollProbe.class, entry -> true))
                    .asInstanceOf(LIST)
                    .containsExactly("accepted", List.of("p0", "p1"));
        } finally {
            System.clearProperty("probe.uri");
        }
    }

    @Test
    void given_camel_quartz_on_the_class_path_when_searched_then_its_connection_pool_is_not_there() {
        assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
                .anyMatch(entry -> entry.contains("camel-quartz"))
                .noneMatch(entry -> entry.contains("mchange") || entry.contains("c3p0"));
    }

    /** Calls a probe with Camel, its dependencies, and no other copy of the component. */
    private static Object inTheJarAlone(Class<? extends Callable<?>> probe, Predicate<String> onClassPath)
            throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(path.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean isOfCamel = entry.endsWith(".jar") && !entry.contains("camel-clinicea");
            if (entry.endsWith("test-classes") || isOfCamel && onClassPath.test(entry)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader alone =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(alone);
            try {
                return ((Callable<?>) alone.loadClass(probe.getName())
                                .getDeclaredConstructor()
                                .newInstance())
                        .call();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** Starts routes in the class loader of the jar. */
    public static final class RoutesProbe implements Callable<List<String>> {
        @Override
        public List<String> call() throws Exception {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("clinicea:patients?apiKey=x&initialDelay=600000")
                                .routeId("polls")
                                .process(row -> {});
                        from("direct:write").routeId("writes").to("clinicea:patients?apiKey=x&operation=create");
                    }
                });
                context.start();
                return List.of(
                        micrometer(),
                        context.getRouteController().getRouteStatus("polls").name(),
                        context.getRouteController().getRouteStatus("writes").name());
            }
        }

        private static String micrometer() {
            try {
                Class.forName("io.micrometer.core.instrument.MeterRegistry");
                return "Micrometer";
            } catch (ClassNotFoundException e) {
                return "no Micrometer";
            }
        }
    }

    /** Polls by delay, and tries a cron, in the class loader of the jar. */
    public static final class PollProbe implements Callable<List<Object>> {
        @Override
        public List<Object> call() throws Exception {
            String uri = System.getProperty("probe.uri");
            BlockingQueue<String> rows = new LinkedBlockingQueue<>();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                String cron = cron(context);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri)
                                .process(row -> rows.add(
                                        row.getMessage().getHeader(CliniceaConstants.RECORD_ID, String.class)));
                    }
                });
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    ids.add(rows.poll(30, TimeUnit.SECONDS));
                }
                return List.of(cron, ids);
            }
        }

        private static String cron(DefaultCamelContext context) {
            try {
                context.getEndpoint("clinicea:patients?apiKey=x&scheduler.cron=0+0+2+*+*+?");
                return "accepted";
            } catch (ResolveEndpointFailedException e) {
                return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            }
        }
    }

    /** Runs in the class loader of the jar. */
    public static final class Probe implements Callable<List<String>> {
        @Override
        public List<String> call() throws Exception {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                Object component = context.getComponent("clinicea");
                PropertyConfigurer ofComponent = PluginHelper.getConfigurerResolver(context)
                        .resolvePropertyConfigurer("clinicea-component", context);
                PropertyConfigurer ofEndpoint = PluginHelper.getConfigurerResolver(context)
                        .resolvePropertyConfigurer("clinicea-endpoint", context);
                EndpointUriFactory uris = context.getCamelContextExtension().getEndpointUriFactory("clinicea");
                return List.of(described(component), described(ofComponent), described(ofEndpoint), described(uris));
            }
        }

        private static String described(Object service) {
            String file = service.getClass()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return service.getClass().getName() + " of " + file.substring(file.lastIndexOf('/') + 1);
        }
    }

    // ----

    private static byte[] bytes(String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(bytes(name), UTF_8);
    }

    private static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text(name)));
        return properties;
    }
}
