/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.reminders;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Service;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Judges failures to send a message. */
final class SendFailure {
    private SendFailure() {}

    /**
     * Returns whether a message was certainly not sent: there was no connection, or the server has refused the message.
     * A time-out, a connection that broke and all others leave that open.
     */
    static boolean isNotSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MessageRefusedException
                    || cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLHandshakeException
                    || isOfConnect(cause)) {
                return true;
            }
            if (cause instanceof SendFailedException refused) {
                return isRefused(refused);
            }
        }
        return false;
    }

    /**
     * Returns whether a mail server was not connected or has refused the login. A greeting like 421 and a wrong
     * certificate have no class of their own.
     */
    private static boolean isOfConnect(Throwable failure) {
        return failure instanceof MessagingException
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(call -> call.getClassName().equals(Service.class.getName())
                                && call.getMethodName().equals("connect"));
    }

    private static boolean isRefused(SendFailedException failure) {
        if (failure.getValidSentAddresses() != null && failure.getValidSentAddresses().length > 0) {
            return false;
        }
        // Without a code, the connection broke before the response to the message.
        return !(failure instanceof SMTPSendFailedException smtp) || smtp.getReturnCode() >= 400;
    }
}
