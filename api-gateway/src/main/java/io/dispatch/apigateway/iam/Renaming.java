package io.dispatch.apigateway.iam;

import io.dispatch.http.ApiException;

/** A name is for life. */
final class Renaming {

    private Renaming() {}

    /**
     * Refuses a body that names another resource than the path.
     *
     * @throws ApiException 400 if it does
     */
    static void refuse(String kind, String inPath, String inBody) {
        if (!inPath.equals(inBody)) {
            throw ApiException.badRequest("name in body should be %s, the name of the %s in the path, but was %s"
                    .formatted(inPath, kind, inBody));
        }
    }
}
