package io.github.camelclinicea.row;

import java.time.Duration;

/** Told of the requests that a call takes, its retries included: while they wait for their turn, and as they end. */
public interface RequestListener {
    /** For who need not know. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void waits() {}

        @Override
        public void answered(Duration took) {}

        @Override
        public void refused(long sentAt) {}
    };

    /** The request waits for its turn: told a few times a second, as long as it does. */
    void waits();

    /**
     * The server did what it was asked.
     *
     * @param took from the sending to the end of the answer, without any wait before that
     */
    void answered(Duration took);

    /**
     * The server said that there are too many requests (429) or that it is overloaded (503), or did not answer in time.
     *
     * @param sentAt when it was sent, by {@link System#nanoTime}
     */
    void refused(long sentAt);
}
