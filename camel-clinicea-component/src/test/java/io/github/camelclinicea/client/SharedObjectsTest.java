/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedObjectsTest {
    private final List<Object> dropped = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final SharedObjects<String, Object> objects = new SharedObjects<>(2, dropped::add);

    private Object take(String key) throws Exception {
        return objects.take(key, () -> "object " + made.incrementAndGet());
    }

    @Test
    void given_several_users_when_they_ask_alike_then_they_share_one_object() throws Exception {
        assertThat(take("a")).isSameAs(take("a")).isNotSameAs(take("b"));
    }

    @Test
    void given_an_object_that_nobody_uses_when_asked_for_again_then_it_is_the_same() throws Exception {
        Object a = take("a");
        objects.giveBack("a", a);

        assertThat(take("a")).isSameAs(a);
        assertThat(dropped).isEmpty();
    }

    @Test
    void given_more_objects_than_are_kept_when_nobody_uses_them_then_the_one_unused_longest_is_dropped()
            throws Exception {
        Object a = take("a");
        take("a");
        for (String key : List.of("b", "c", "d")) {
            objects.giveBack(key, take(key));
        }
        objects.giveBack("a", a);

        assertThat(dropped).containsExactly("object 2");
        assertThat(objects.size()).isEqualTo(3);

        objects.giveBack("a", a);

        assertThat(dropped).containsExactly("object 2", "object 3");
        assertThat(objects.size()).isEqualTo(2);
    }

    @Test
    void given_an_object_of_before_all_were_dropped_when_given_back_then_the_one_of_now_is_kept() throws Exception {
        Object before = take("a");
        objects.clear();
        Object now = take("a");

        objects.giveBack("a", before);

        assertThat(dropped).containsExactly(before);
        assertThat(take("a")).isSameAs(now);
    }
}
