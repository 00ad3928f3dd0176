package io.dispatch.apigateway.iam;

import io.dispatch.apigateway.route.Route;
import io.dispatch.apigateway.route.Routes;
import io.dispatch.contracts.iam.PolicyRule;
import io.dispatch.http.ApiException;
import io.dispatch.http.Scope;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every organization, account and policy at one moment, arranged for the questions that each request asks. Never changes;
 * a change is another directory. Safe for use by many threads.
 */
public final class Directory {

    /** The resource that organizations, accounts and policies are. */
    static final String IAM = "iam";

    /** The action on {@link #IAM} that makes a platform administrator, where a global policy gives it. */
    static final String ORGANIZATION = "organization";

    private static final Logger log = LoggerFactory.getLogger(Directory.class);

    /** What no route is about is not carried along: the scope travels with each request. */
    private static final Set<String> RESOURCES = Stream.concat(
                    Stream.of("*"), Routes.ALL.stream().map(Route::resource))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> NOTHING = Set.of();

    private final Set<String> organizations = new HashSet<>();
    private final Map<String, RSAPublicKey> keys = new HashMap<>();
    private final Map<String, Set<String>> everywhere = new HashMap<>();
    private final Map<String, Map<String, Set<String>>> perOrganization = new HashMap<>();
    private final Map<Question, Scope> answered = new ConcurrentHashMap<>();

    Directory(
            Iterable<OrganizationEntity> organizations,
            Iterable<ServiceAccountEntity> accounts,
            Iterable<PolicyEntity> policies) {
        organizations.forEach(organization -> this.organizations.add(organization.name()));
        accounts.forEach(this::add);
        policies.forEach(policy -> policy.rules().forEach(rule -> add(policy, rule)));
    }

    /** A key that passed once and would not today shuts out its account, and nobody else. */
    private void add(ServiceAccountEntity account) {
        try {
            keys.put(subject(account.organization(), account.name()), RsaKey.parse(account.publicKey()));
        } catch (ApiException e) {
            log.atWarn()
                    .addKeyValue("organization", account.organization())
                    .addKeyValue("account", account.name())
                    .addKeyValue("reason", e.getMessage())
                    .log("an account's key is not good enough any more");
        }
    }

    private void add(PolicyEntity policy, PolicyRule rule) {
        Set<String> pairs = rule.resources().stream()
                .filter(RESOURCES::contains)
                .flatMap(resource -> rule.actions().stream().map(action -> resource + ":" + action))
                .collect(Collectors.toSet());
        for (String subject : rule.subjects()) {
            String full = subject.contains("/") ? subject : subject(policy.organization(), subject);
            Set<String> allowed = policy.global()
                    ? everywhere.computeIfAbsent(full, _ -> new HashSet<>())
                    : perOrganization
                            .computeIfAbsent(full, _ -> new HashMap<>())
                            .computeIfAbsent(policy.organization(), _ -> new HashSet<>());
            allowed.addAll(pairs);
        }
    }

    /** How an account is named outside its organization. */
    static String subject(String organization, String account) {
        return organization + "/" + account;
    }

    /** Whether there is such an organization. */
    public boolean hasOrganization(String name) {
        return organizations.contains(name);
    }

    /** The key of an account, or empty if there is no such account. */
    public Optional<RSAPublicKey> key(Identity.Account account) {
        return Optional.ofNullable(keys.get(account.subject()));
    }

    /** What somebody may do in an organization (contract section 10.3); nothing that no policy allows. */
    public Scope scope(Identity identity, String organization) {
        return switch (identity) {
            case Identity.LocalUser _ -> Scope.ALL;
            case Identity.BootstrapUser _ -> new Scope(Set.of(IAM + ":*"));
            case Identity.Driver _ -> new Scope(Set.of("event:get", "event:create", "event:update", "event:delete"));
            case Identity.Account account ->
                answered.computeIfAbsent(new Question(account.subject(), organization), this::answer);
        };
    }

    private Scope answer(Question question) {
        Set<String> pairs = new HashSet<>(everywhere.getOrDefault(question.subject(), NOTHING));
        pairs.addAll(perOrganization
                .getOrDefault(question.subject(), Map.of())
                .getOrDefault(question.organization(), NOTHING));
        return new Scope(pairs);
    }

    /** Whether somebody may make organizations and global policies. */
    public boolean administersPlatform(Identity identity) {
        return switch (identity) {
            case Identity.LocalUser _, Identity.BootstrapUser _ -> true;
            case Identity.Driver _ -> false;
            case Identity.Account account ->
                new Scope(everywhere.getOrDefault(account.subject(), NOTHING)).allows(IAM, ORGANIZATION);
        };
    }

    /** Whether a global policy names this account: whoever sets its key can then act everywhere. */
    boolean actsEverywhere(String organization, String account) {
        return everywhere.containsKey(subject(organization, account));
    }

    private record Question(String subject, String organization) {}
}
