package io.dispatch.functioninvoker.image;

import io.dispatch.contracts.image.BaseImage;
import io.dispatch.contracts.image.Image;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Which language an image is for. */
@Component
public class ImageLanguages {

    private final Images images;
    private final BaseImages baseImages;
    private final JsonMapper json;

    ImageLanguages(Images images, BaseImages baseImages, JsonMapper json) {
        this.images = images;
        this.baseImages = baseImages;
        this.json = json;
    }

    /** The language of the base image of the image of this name, or empty where either is missing. */
    public Optional<String> of(String organization, String image) {
        return images.findByOrganizationAndName(organization, image)
                .map(row -> json.readValue(row.spec(), Image.class))
                .flatMap(found -> baseImages.findByOrganizationAndName(organization, found.baseImageName()))
                .map(row -> json.readValue(row.spec(), BaseImage.class).language());
    }
}
