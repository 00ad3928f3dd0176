package io.dispatch.functioninvoker.image;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.ListCrudRepository;

/** The images of all organizations. */
interface Images extends ListCrudRepository<ImageRow, UUID> {

    Optional<ImageRow> findByOrganizationAndName(String organization, String name);

    List<ImageRow> findByOrganizationOrderByName(String organization);
}
