package io.dispatch.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dispatch.contracts.Names;
import io.dispatch.contracts.Status;
import io.dispatch.contracts.Tag;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

/** A service of nothing but things, to see how the dialect sounds. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({WireDialect.class, ThingService.Things.class})
class ThingService {

    record Thing(
            @NotNull @Pattern(regexp = Names.RESOURCE, message = Names.RESOURCE_RULE)
            String name,

            @NotNull @Size(max = 8) @Pattern(regexp = "^[a-z.]*$")
            String eventType,

            @Nullable Status status,
            int size,
            @Nullable List<Tag> tags,
            @JsonProperty("created-time") long createdTime) {}

    @RestController
    static class Things {

        @PostMapping("/v1/things")
        ResponseEntity<Thing> create(@Valid @RequestBody Thing thing, Caller caller) {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .header("Organization", caller.organization())
                    .body(thing);
        }

        @GetMapping("/v1/things/{thingName}")
        ResponseEntity<String> get(
                @PathVariable("thingName") @Pattern(regexp = Names.PATH) String name, TagFilter tags) {
            return switch (name) {
                case "missing" -> throw ApiException.notFound("thing", name);
                case "broken" -> throw new IllegalStateException("secret inside");
                case "away" -> throw new DataAccessResourceFailureException("connection refused");
                default -> ResponseEntity.ok(String.valueOf(tags.matches(List.of(new Tag("Application", "shop")))));
            };
        }

        @PutMapping("/v1/things/{thingName}")
        ResponseEntity<String> put(@PathVariable("thingName") String name, IfMatch ifMatch) {
            ifMatch.check("thing", name, 3);
            return ResponseEntity.ok().header(HttpHeaders.ETAG, Etag.of(4)).body("{}");
        }

        @GetMapping("/v1/runs/{runName}")
        String run(@PathVariable("runName") UUID run) {
            return run.toString();
        }
    }

    @Bean
    OncePerRequestFilter somebody() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws jakarta.servlet.ServletException, java.io.IOException {
                request.setAttribute(Caller.ATTRIBUTE, new Caller("acme", "acme/ci-bot", Scope.ALL));
                chain.doFilter(request, response);
            }
        };
    }
}
