package io.dispatch.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Somebody who may, making organizations, accounts and policies. */
record Administrator(RunningGateway gateway, TestAccount account) {

    HttpResponse<String> call(String method, String path, String organization, String json) throws Exception {
        return gateway.send(gateway.request(path)
                .header("Authorization", account.bearer())
                .header("X-Dispatch-Org", organization)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    private void create(String path, String organization, String json) throws Exception {
        HttpResponse<String> answer = call("POST", path, organization, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    void makeOrganization(String name) throws Exception {
        create("/v1/iam/organization", "UNSET", "{\"name\":\"%s\"}".formatted(name));
    }

    void makeAccount(String organization, TestAccount made) throws Exception {
        create("/v1/iam/serviceaccount", organization, json(made));
    }

    static String json(TestAccount made) {
        return "{\"name\":\"%s\",\"publicKey\":\"%s\"}".formatted(made.name(), made.publicKey());
    }

    void makePolicy(String organization, String name, String subjects, String resources, String actions)
            throws Exception {
        create("/v1/iam/policy", organization, policy(name, false, subjects, resources, actions));
    }

    void makeGlobalPolicy(String organization, String name, String subjects, String resources, String actions)
            throws Exception {
        create("/v1/iam/policy", organization, policy(name, true, subjects, resources, actions));
    }

    /** Lists are divided by blanks. */
    static String policy(String name, boolean global, String subjects, String resources, String actions) {
        return "{\"name\":\"%s\",\"global\":%s,\"rules\":[{\"subjects\":%s,\"resources\":%s,\"actions\":%s}]}"
                .formatted(name, global, list(subjects), list(resources), list(actions));
    }

    private static String list(String words) {
        return Arrays.stream(words.split(" ")).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }
}
