package io.dispatch.conformance;

import io.dispatch.e2e.Product;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests a {@link Wire} to the one product, started with {@code --strict}, that all classes of this package share; it ends
 * with the last test. Each test gets an organization of its own.
 */
final class StrictDispatch implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(StrictDispatch.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Wire.class || type == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Product product = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Product.class, _ -> Product.start("strict", "--strict"), Product.class);
        return parameter.getParameter().getType() == Product.class
                ? product
                : new Wire(product.url(), "org-" + UUID.randomUUID());
    }
}
