/** Answers that go on while there is news: server-sent events. Enters: a source of news. Leaves: a stream until it, the client or the process ends. */
@NullMarked
package io.dispatch.eventmanager.stream;

import org.jspecify.annotations.NullMarked;
