package io.dispatch.functioninvoker.call;

import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * One POST to a function.
 *
 * @param to where the function stands
 * @param headers all but those of the connection and the length
 * @param body may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they go out; requests are never compared
record Request(URI to, List<Header> headers, byte[] body) {

    HttpPost toPost() {
        HttpPost post = new HttpPost(to);
        headers.forEach(post::addHeader);
        post.setEntity(new ByteArrayEntity(body, null));
        return post;
    }
}
