/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.consumer;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.ObjectHelper;

/**
 * Finds the policy that makes the transactions of {@code transacted}, as Camel's {@code transacted()} does. Spring's
 * classes are looked up by name, since they may be absent.
 *
 * <p>Specified by {@code TransactedOptionsTest}.
 */
public final class TransactionPolicies {
    private static final String USUAL_NAME = "PROPAGATION_REQUIRED";
    private static final String SPRING_MANAGER = "org.springframework.transaction.PlatformTransactionManager";
    private static final String SPRING_POLICY = "org.apache.camel.spring.spi.SpringTransactionPolicy";

    private TransactionPolicies() {}

    /**
     * Returns the only policy in the registry, or one that uses the only transaction manager of Spring's there.
     *
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public static TransactedPolicy find(CamelContext context) {
        Map<String, TransactedPolicy> policies = context.getRegistry().findByTypeWithName(TransactedPolicy.class);
        if (policies.size() == 1) {
            return policies.values().iterator().next();
        }
        if (policies.containsKey(USUAL_NAME)) {
            return policies.get(USUAL_NAME);
        }
        if (policies.size() > 1) {
            throw severalFound("TransactedPolicy", policies.keySet());
        }
        return springPolicy(context);
    }

    private static TransactedPolicy springPolicy(CamelContext context) {
        Class<?> managerType = context.getClassResolver().resolveClass(SPRING_MANAGER);
        Map<String, ?> managers =
                managerType == null ? Map.of() : context.getRegistry().findByTypeWithName(managerType);
        if (managers.isEmpty()) {
            throw new IllegalArgumentException("transacted=true needs a transaction manager, and the registry has none:"
                    + " bind a PlatformTransactionManager or a TransactedPolicy, or set transactedPolicy");
        }
        if (managers.size() > 1) {
            throw severalFound("PlatformTransactionManager", managers.keySet());
        }
        Class<?> policyType = context.getClassResolver().resolveClass(SPRING_POLICY);
        if (policyType == null) {
            throw new IllegalArgumentException("transacted=true needs camel-spring on the class path, since it uses the"
                    + " PlatformTransactionManager in the registry; add it, or set transactedPolicy");
        }
        try {
            TransactedPolicy policy = ObjectHelper.newInstance(policyType, TransactedPolicy.class);
            policyType
                    .getMethod("setTransactionManager", managerType)
                    .invoke(policy, managers.values().iterator().next());
            return policy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("transacted=true cannot use the class " + SPRING_POLICY, e);
        }
    }

    private static IllegalArgumentException severalFound(String type, Set<String> names) {
        return new IllegalArgumentException("transacted=true found more than one " + type + " in the registry, " + names
                + ": say which one by transactedPolicy");
    }
}
