/** The wire of images and base images: {@code /v1/image} and {@code /v1/baseimage}. */
@NullMarked
package io.dispatch.contracts.image;

import org.jspecify.annotations.NullMarked;
