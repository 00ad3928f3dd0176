package io.dispatch.http;

import io.dispatch.contracts.ErrorBody;
import io.dispatch.contracts.RawJson;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** What springdoc cannot read off the controllers of a service: how the dialect looks in its OpenAPI document. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("springdoc.api-docs.enabled")
class ServiceDescription {

    ServiceDescription() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, IfMatch.class, TagFilter.class)
                .replaceWithSchema(RawJson.class, new Schema<>().description("Any JSON value."));
    }

    @Bean
    OperationCustomizer dialect() {
        return ServiceDescription::describe;
    }

    @Bean
    ModelConverter nullableComponents() {
        return new NullableComponents();
    }

    @Bean
    OpenApiCustomizer frame(@Value("${spring.application.name}") String service) {
        return document -> frame(document, service);
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.getParameterType() == IfMatch.class) {
                operation.addParametersItem(new HeaderParameter()
                        .name("If-Match")
                        .description("The ETag that was read: 412 if the resource has changed since.")
                        .schema(ofType("string")));
            } else if (parameter.getParameterType() == TagFilter.class) {
                Schema<?> tags = ofType("array");
                tags.setItems(ofType("string"));
                operation.addParametersItem(new QueryParameter()
                        .name("tags")
                        .description("Tags to carry, key=value each; app and application mean the tag Application.")
                        .schema(tags));
            }
        }
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What went wrong")
                                .content(new Content()
                                        .addMediaType(
                                                "application/json",
                                                new MediaType().schema(new Schema<>().$ref("Error")))));
        return operation;
    }

    private static void frame(OpenAPI document, String service) {
        document.info(new Info().title("Dispatch: " + service).version("v1"));
        document.servers(List.of(new Server().url("/")));
        ModelConverters.getInstance(true).read(ErrorBody.class).forEach(document.getComponents()::addSchemas);
    }

    /** As JSON Schema 2020-12 has it, which OpenAPI 3.1 builds on: the type is a set. */
    static Schema<?> ofType(String type) {
        Schema<?> schema = new Schema<>();
        schema.setTypes(Set.of(type));
        return schema;
    }
}
