package io.dispatch.functioninvoker.image;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** The base images of all organizations. */
interface BaseImages extends ListCrudRepository<BaseImageRow, UUID> {

    Optional<BaseImageRow> findByOrganizationAndName(String organization, String name);

    List<BaseImageRow> findByOrganizationOrderByName(String organization);
}
