/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.hawtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Is a headless Chromium, with its user's patience: each step waits until the page lets it be done. */
final class Browser implements AutoCloseable {
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final int LARGEST_PICTURE = 150_000;

    private final ChromeDriver driver;

    Browser() {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(executable("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(executable("chromium").orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
                "--lang=en");
        driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1280, 800));
    }

    /** Returns whether the machine has Chromium and its driver. */
    static boolean isInstalled() {
        return executable("chromium").isPresent() && executable("chromedriver").isPresent();
    }

    private static Optional<Path> executable(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    void click(By what) {
        when(what, WebElement::click);
    }

    void type(By where, String text) {
        when(where, field -> {
            field.clear();
            field.sendKeys(text);
        });
    }

    /** Waits until an element is visible and shows a text. */
    void awaitText(By where, String text) {
        when(where, element -> assertThat(element.getText()).contains(text));
    }

    void scrollTo(By where) {
        when(
                where,
                element -> ((JavascriptExecutor) driver)
                        .executeScript("arguments[0].scrollIntoView({block: 'center'})", element));
    }

    /** Writes a picture of the window, small enough for a page of documentation. */
    void picture(Path file) throws IOException {
        byte[] picture = driver.getScreenshotAs(OutputType.BYTES);
        assertThat(picture.length).isLessThan(LARGEST_PICTURE);
        Files.createDirectories(file.getParent());
        Files.write(file, picture);
    }

    private void when(By what, Consumer<WebElement> step) {
        await().atMost(A_WHILE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() -> step.accept(driver.findElements(what).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(what + " is not on the page:\n" + page()))));
    }

    private String page() {
        return driver.findElement(By.tagName("body")).getText();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
