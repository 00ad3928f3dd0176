/** The API over HTTP: requests, answers, credentials. */
@NullMarked
package io.dispatch.cli.http;

import org.jspecify.annotations.NullMarked;
